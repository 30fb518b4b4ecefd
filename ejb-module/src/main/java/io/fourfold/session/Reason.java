package io.fourfold.session;

import java.util.Locale;

/** Why a phase, and with it an execution, failed. The wire name is the lower-case constant. */
public enum Reason {
    TASK,
    TIMEOUT,
    BUDGET,
    PROVIDER_CAPACITY,
    RATE_LIMITED,
    AUTH,
    WORKSPACE,
    INTERRUPTED,
    /** Not of a phase: its concurrency key was held when it came. */
    CONCURRENCY;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
