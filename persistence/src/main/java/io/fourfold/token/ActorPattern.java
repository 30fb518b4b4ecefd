package io.fourfold.token;

import io.fourfold.log.Did;
import java.util.regex.Pattern;

/** An actor, or all whose names begin alike: {@code did:fourfold:agent:*}. */
public record ActorPattern(String value) {

    private static final Pattern SHAPE =
            Pattern.compile("did:[a-z0-9]+:([A-Za-z0-9._:%-]{1,200}|[A-Za-z0-9._:%-]{0,199}\\*)");

    /** @throws IllegalArgumentException when it can match no actor */
    public ActorPattern {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("expected an actor such as did:fourfold:user:alice, or the beginning of"
                    + " one and *, but was " + value);
        }
    }

    /** Whether it names one actor. */
    public boolean isExact() {
        return !value.endsWith("*");
    }

    public boolean matches(Did actor) {
        return isExact()
                ? actor.value().equals(value)
                : actor.value().startsWith(value.substring(0, value.length() - 1));
    }
}
