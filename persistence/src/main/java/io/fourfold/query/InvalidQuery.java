package io.fourfold.query;

import io.fourfold.log.Refusal;
import java.util.Map;

/** A question that is not understood, with the place at fault and what was expected there. */
public final class InvalidQuery extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    public InvalidQuery(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** The dotted path of what is at fault, for example {@code filter.$or[1].clock}. */
    public String field() {
        return field;
    }

    /** The same as a value, for doors that answer. */
    public Refusal refusal() {
        String message = field + ": " + getMessage();
        return new Refusal(Refusal.Code.INVALID_INPUT, message, Map.of("field", field, "reason", getMessage()));
    }
}
