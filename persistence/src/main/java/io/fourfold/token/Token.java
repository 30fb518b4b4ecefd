package io.fourfold.token;

import java.time.Instant;

/**
 * A token, without its secret.
 *
 * @param expiresAt  null for never
 * @param revokedAt  null while it has not been
 * @param lastUsedAt to the minute; null while it has not been
 */
public record Token(
        String id,
        String name,
        Rights rights,
        Instant createdAt,
        Instant expiresAt,
        Instant revokedAt,
        Instant lastUsedAt) {

    /** Why it opens nothing; null when it does. */
    public String fault(Instant now) {
        if (revokedAt != null) {
            return "is revoked";
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? "has expired" : null;
    }

    /** Whom its bearer acts as without saying so: the first actor that is one. */
    public String actor() {
        return rights.actors().stream()
                .filter(ActorPattern::isExact)
                .findFirst()
                .orElseThrow()
                .value();
    }
}
