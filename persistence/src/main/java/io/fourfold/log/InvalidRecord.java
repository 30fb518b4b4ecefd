package io.fourfold.log;

import java.util.Map;

/** A record that may not be stored, with the field at fault and what was expected there. */
public final class InvalidRecord extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    public InvalidRecord(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** The dotted path of the field at fault, for example {@code body.size}; empty when the text itself is broken. */
    public String field() {
        return field;
    }

    /** The same as a value, for doors that answer. */
    public Refusal refusal() {
        String place = field.isEmpty() ? "the record" : field;
        String message = place + ": " + getMessage();
        return new Refusal(Refusal.Code.INVALID_RECORD, message, Map.of("field", field, "reason", getMessage()));
    }
}
