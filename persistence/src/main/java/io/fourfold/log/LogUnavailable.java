package io.fourfold.log;

/** The storage under the log is unreachable or full. */
public final class LogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean full;

    public LogUnavailable(String message, boolean full, Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    /** The same as a value, for doors that answer each record in its place. */
    public Refusal refusal() {
        return full
                ? Refusal.of(Refusal.Code.STORAGE_FULL, "The disk under the log is full; nothing was stored")
                : Refusal.of(Refusal.Code.UNAVAILABLE, "The database does not answer");
    }

    /** Whether the disk is full, as against unreachable. */
    public boolean full() {
        return full;
    }
}
