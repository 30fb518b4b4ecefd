package io.fourfold.dashboard;

import io.fourfold.config.Change;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import java.time.Instant;

/**
 * A record that configuration refused, and why.
 *
 * @param inForce whether an earlier version stays in force
 * @param link    to the rule; null when it is of no topic there is
 */
public record RefusedLine(
        String name, String topic, String record, String reason, String by, Moment at, boolean inForce, String link) {

    static RefusedLine of(Change refused, boolean inForce, ConfigQuery query, Instant now) {
        Identity rule = refused.identity();
        boolean known = Topic.of(rule.topic()).isPresent() && !rule.name().isEmpty();
        return new RefusedLine(
                rule.name().isEmpty() ? "without a name" : rule.path(),
                rule.topic(),
                refused.record().hex(),
                refused.reason(),
                Words.actor(refused.by().value()),
                Moment.of(refused.at(), now),
                inForce,
                known ? query.withRule(rule).link() + "#rule" : null);
    }
}
