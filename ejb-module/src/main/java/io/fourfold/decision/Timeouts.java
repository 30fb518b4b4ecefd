package io.fourfold.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.EngineConfig;
import io.fourfold.log.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Ends what nobody has answered within the days that the configuration gives. */
public final class Timeouts {

    /** Named in one report; all of them expire. */
    private static final int NAMED_MAX = 1_000;

    private final Register register;
    private final DecisionDesk desk;
    private final Supplier<EngineConfig> config;

    public Timeouts(Register register, DecisionDesk desk, Supplier<EngineConfig> config) {
        this.register = register;
        this.desk = desk;
        this.config = config;
    }

    /** A report of what expired. */
    public Json result(Instant now) {
        int days = config.get().limits().decisionTimeoutDays();
        Instant latest = now.minus(Duration.ofDays(days));
        List<String> expired = register.now().open().stream()
                .filter(decision -> decision.request().recordedAt().isBefore(latest))
                .map(decision -> desk.expire(decision.id(), days))
                .filter(outcome -> outcome instanceof DecisionDesk.Outcome.Done done
                        && done.decision().status() == Decision.Status.EXPIRED)
                .map(outcome ->
                        ((DecisionDesk.Outcome.Done) outcome).decision().id().hex())
                .toList();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "decision_timeout.applied.v1")
                .put("topic", "report")
                .put("timeout_days", days)
                .put("expired", expired.size())
                .put("open", register.now().open().size());
        expired.stream().limit(NAMED_MAX).forEach(body.putArray("decisions")::add);
        return Json.of(body);
    }
}
