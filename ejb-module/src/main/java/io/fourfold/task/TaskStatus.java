package io.fourfold.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a task stands. */
public enum TaskStatus {
    INBOX,
    ACTIVE,
    REVIEW,
    APPROVED,
    REJECTED,
    FAILED,
    BLOCKED,
    DEFERRED,
    CANCELLED,
    REOPENED;

    /** Somebody may work on it. */
    static final Set<TaskStatus> OPEN = EnumSet.of(INBOX, ACTIVE, REJECTED, BLOCKED, DEFERRED, REOPENED);

    static final Set<TaskStatus> OPEN_OR_REVIEW =
            EnumSet.of(INBOX, ACTIVE, REVIEW, REJECTED, BLOCKED, DEFERRED, REOPENED);

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
