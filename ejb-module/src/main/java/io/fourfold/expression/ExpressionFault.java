package io.fourfold.expression;

/** A text that is no expression of its context: refused before it is ever evaluated. */
public final class ExpressionFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;

    ExpressionFault(String reason, int line, int column) {
        super(reason + " (line " + line + ", column " + column + ")");
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, without the place; {@link #getMessage()} has both. */
    public String reason() {
        return reason;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in characters as Unicode counts them. */
    public int column() {
        return column;
    }
}
