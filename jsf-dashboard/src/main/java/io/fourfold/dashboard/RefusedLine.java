package io.fourfold.dashboard;

import io.fourfold.config.RefusedRecord;
import io.fourfold.config.Topic;
import io.fourfold.log.Log;
import java.time.Instant;

/**
 * A record that configuration refused, and why.
 *
 * @param inForce whether an earlier version stays in force
 * @param link    to the rule; null when it is of no topic there is
 */
public record RefusedLine(
        String name, String topic, String record, String reason, String by, Moment at, boolean inForce, String link) {

    static RefusedLine of(RefusedRecord refused, boolean inForce, ConfigQuery query, Log log, Instant now) {
        var entry = log.find(refused.record()).orElseThrow();
        boolean known = Topic.of(refused.identity().topic()).isPresent()
                && !refused.identity().name().isEmpty();
        return new RefusedLine(
                refused.identity().name().isEmpty()
                        ? "without a name"
                        : refused.identity().path(),
                refused.identity().topic(),
                refused.record().hex(),
                refused.reason(),
                Words.actor(entry.draft().actor().value()),
                Moment.of(entry.recordedAt(), now),
                inForce,
                known ? query.withRule(refused.identity()).link() + "#rule" : null);
    }
}
