package io.fourfold.log;

import java.util.regex.Pattern;

/** Who acts: a decentralised identifier such as {@code did:fourfold:user:alice}. */
public record Did(String value) {

    private static final Pattern SHAPE = Pattern.compile("did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,200}");

    public Did {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new InvalidRecord("actor", "expected did:<method>:<name>, but was " + Shown.of(value));
        }
    }

    /** Whether this is a part of the system ({@code did:fourfold:system:*}). */
    public boolean isSystem() {
        return value.startsWith("did:fourfold:system:");
    }

    @Override
    public String toString() {
        return value;
    }
}
