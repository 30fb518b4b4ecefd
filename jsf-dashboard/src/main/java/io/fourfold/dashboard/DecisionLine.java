package io.fourfold.dashboard;

import io.fourfold.decision.Decision;
import java.time.Instant;

/**
 * A question that waits for a person.
 *
 * @param facts who asks, how sure he is, and how many records wait for the answer
 */
public record DecisionLine(String id, String question, String facts, Moment asked, String link) {

    static DecisionLine of(Decision decision, Instant now) {
        String id = decision.id().hex();
        int waiting = decision.records().size();
        String sure = decision.confidence() == null ? "" : " · " + Math.round(100 * decision.confidence()) + " % sure";
        String waits =
                waiting == 0 ? "" : " · " + Words.plural(waiting, "record") + (waiting == 1 ? " waits" : " wait");
        return new DecisionLine(
                id,
                decision.question(),
                "asked by " + Words.actor(decision.request().draft().actor().value()) + sure + waits,
                Moment.of(decision.request().recordedAt(), now),
                Address.of("routing.xhtml").with("decision", id) + "#decision");
    }
}
