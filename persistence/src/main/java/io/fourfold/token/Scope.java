package io.fourfold.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token opens; {@link #ADMIN} opens everything. */
public enum Scope {
    RECORDS_READ,
    RECORDS_WRITE,
    CONFIG_READ,
    CONFIG_WRITE,
    EXECUTIONS_READ,
    EXECUTIONS_WRITE,
    ADMIN;

    /** For example {@code records:read}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Scope> of(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(wireName))
                .findFirst();
    }
}
