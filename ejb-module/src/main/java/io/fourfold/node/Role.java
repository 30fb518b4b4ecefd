package io.fourfold.node;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a server is for. */
public enum Role {
    /** Answers callers and folds what it shows; begins nothing. */
    API,
    /** Does the work and runs the loops; to callers it answers only how it is. */
    EXECUTOR,
    ALL;

    public boolean answers() {
        return this != EXECUTOR;
    }

    public boolean works() {
        return this != API;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Role::wire).toList();
    }

    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
