package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.namespace.Namespace;
import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A request for a token; what is wrong in it is named. */
record TokenForm(
        String name, List<String> scopes, List<String> actors, List<String> namespaces, Long expiresInSeconds) {

    static final int NAME_CHARS_MAX = 100;

    /** Actors, or namespaces, of one token. */
    static final int LIST_MAX = 64;

    /** Ten years. */
    static final long LIFETIME_SECONDS_MAX = 315_360_000;

    String checkedName() {
        String given = Body.required("name", name);
        if (given.isBlank() || given.length() > NAME_CHARS_MAX) {
            throw Body.wrong("name", "1 to " + NAME_CHARS_MAX + " characters, but got " + given.length());
        }
        return given;
    }

    /** Null for no end. */
    Duration lifetime() {
        if (expiresInSeconds == null) {
            return null;
        }
        if (expiresInSeconds < 1 || expiresInSeconds > LIFETIME_SECONDS_MAX) {
            throw Body.wrong("expires_in_seconds", "1 to " + LIFETIME_SECONDS_MAX + ", but was " + expiresInSeconds);
        }
        return Duration.ofSeconds(expiresInSeconds);
    }

    Rights rights() {
        Set<Scope> opened = scopeSet();
        List<String> places = bounded("namespaces", namespaces == null ? List.of() : namespaces);
        for (String place : places) {
            if (place == null || !Namespace.isWellFormed(place)) {
                throw Body.wrong("namespaces", "1 to 4 segments of a-z 0-9 _ - joined by /, but was " + place);
            }
        }
        if (opened.contains(Scope.ADMIN) && !places.isEmpty()) {
            throw Body.wrong("namespaces", "none beside the scope admin, which is for all of them");
        }
        return new Rights(opened, patterns(), places);
    }

    private Set<Scope> scopeSet() {
        Set<Scope> opened = EnumSet.noneOf(Scope.class);
        for (String scope : bounded("scopes", Body.required("scopes", scopes))) {
            opened.add(Scope.of(scope)
                    .orElseThrow(() -> Body.wrong("scopes", "one of " + names() + ", but was " + scope)));
        }
        if (opened.isEmpty()) {
            throw Body.wrong("scopes", "one or more of " + names() + ", but there is none");
        }
        return opened;
    }

    private List<ActorPattern> patterns() {
        List<ActorPattern> patterns = new ArrayList<>();
        for (String actor : bounded("actors", Body.required("actors", actors))) {
            try {
                patterns.add(new ActorPattern(String.valueOf(actor)));
            } catch (IllegalArgumentException wrong) {
                throw new Refused(Refusal.Code.INVALID_INPUT, "actors: " + wrong.getMessage());
            }
        }
        if (patterns.stream().noneMatch(ActorPattern::isExact)) {
            throw Body.wrong("actors", "at least one without *: whom the bearer acts as without saying so");
        }
        return patterns;
    }

    private static List<String> bounded(String field, List<String> values) {
        if (values.size() > LIST_MAX) {
            throw Body.wrong(field, "at most " + LIST_MAX + ", but there are " + values.size());
        }
        return values;
    }

    private static List<String> names() {
        return Arrays.stream(Scope.values()).map(Scope::wireName).toList();
    }
}
