package io.fourfold.orchestration.execution;

import java.util.Locale;

/** Where an execution stands. The wire name is the lower-case constant. */
public enum Status {
    NOT_STARTED,
    RUNNING,
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED,
    INTERRUPTED;

    /** Whether nothing more will happen unless someone retries it. */
    public boolean isOver() {
        return this != NOT_STARTED && this != RUNNING && this != PAUSED;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
