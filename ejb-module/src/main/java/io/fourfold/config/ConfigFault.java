package io.fourfold.config;

import io.fourfold.expression.ExpressionFault;
import io.fourfold.log.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A configuration record that may not come into force, with the field at fault and what was expected there. */
public final class ConfigFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String reason;
    private final Integer line;
    private final Integer column;

    ConfigFault(String field, String reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
        this.line = null;
        this.column = null;
    }

    ConfigFault(String field, ExpressionFault broken) {
        super(field + ": " + broken.getMessage(), broken);
        this.field = field;
        this.reason = broken.reason();
        this.line = broken.line();
        this.column = broken.column();
    }

    /** The dotted path of the field, for example {@code conditions[1].operator}. */
    public String field() {
        return field;
    }

    /** The same as a value, for doors that answer; an expression that does not compile comes with its place. */
    public Refusal refusal() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", field);
        details.put("reason", reason);
        if (line != null) {
            details.put("line", line);
            details.put("column", column);
        }
        return new Refusal(Refusal.Code.INVALID_INPUT, getMessage(), details);
    }
}
