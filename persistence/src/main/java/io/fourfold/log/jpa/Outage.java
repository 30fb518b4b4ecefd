package io.fourfold.log.jpa;

import io.fourfold.log.LogUnavailable;
import java.sql.SQLException;

/** Tells a database that is away or full, which callers can wait for, from a mistake of ours. */
public final class Outage {

    private static final String DISK_FULL = "53100";

    private Outage() {}

    public static RuntimeException of(Throwable failure) {
        SQLException cause = sqlCause(failure);
        if (cause == null || !isOutage(cause.getSQLState())) {
            return new IllegalStateException(
                    "The database refused a statement of the log: " + failure.getMessage(), failure);
        }
        boolean full = DISK_FULL.equals(cause.getSQLState());
        String what = full ? "The disk of the database is full" : "The database does not answer";
        return new LogUnavailable(what + ": " + cause.getMessage(), full, failure);
    }

    private static SQLException sqlCause(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    /** Connections (08), resources (53), an operator's shutdown (57P), files (58); pools that give up say nothing. */
    private static boolean isOutage(String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58");
    }
}
