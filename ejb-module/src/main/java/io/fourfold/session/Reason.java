package io.fourfold.session;

import java.util.Locale;

/** Why a phase failed. The wire name is the lower-case constant. */
public enum Reason {
    TASK,
    TIMEOUT,
    BUDGET,
    PROVIDER_CAPACITY,
    RATE_LIMITED,
    AUTH,
    WORKSPACE,
    INTERRUPTED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
