package io.fourfold.telemetry;

/** The storage of observations cannot be read. */
public final class TelemetryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TelemetryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
