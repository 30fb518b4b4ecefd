package io.fourfold.expression;

/** An evaluation that came to no answer: a missing field, a limit, or an answer that is neither true nor false. */
public final class ExpressionFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final boolean stopped;

    ExpressionFailure(String message, boolean stopped, Throwable cause) {
        super(message, cause);
        this.stopped = stopped;
    }

    /** Whether a limit ended it. */
    public boolean stopped() {
        return stopped;
    }
}
