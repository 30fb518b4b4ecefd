package io.fourfold.log;

/** The storage under the log is unreachable or full. */
public final class LogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean full;

    public LogUnavailable(String message, boolean full, Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    /** Whether the disk is full, as against unreachable. */
    public boolean full() {
        return full;
    }
}
