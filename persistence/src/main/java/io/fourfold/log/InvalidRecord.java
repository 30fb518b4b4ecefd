package io.fourfold.log;

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
}
