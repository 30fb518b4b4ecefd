package io.fourfold.server;

/**
 * The embedded PostgreSQL could not be unpacked, created, started or stopped. The message is one sentence for a
 * person.
 */
public final class PostgresFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresFailure(String message) {
        super(message);
    }

    PostgresFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
