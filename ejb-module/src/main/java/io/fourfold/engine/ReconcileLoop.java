package io.fourfold.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.RoutingRules;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Trust;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * RECONCILE, seconds: takes each record after its cursor, routes it, and starts what it was routed to; when that is
 * over it answers the record. A turn may be repeated after a crash: the execution's id follows from the record, and an
 * intent is answered once.
 */
public final class ReconcileLoop implements Loop {

    /** Records in one turn. */
    static final int TURN_MAX = 200;

    static final Did ACTOR = new Did("did:fourfold:system:reconcile");

    private static final String WORKFLOW = "did:fourfold:workflow:";
    private static final int ID_HEX = 12;

    private final Tail tail;
    private final Log log;
    private final Function<Append, Receipt> inlet;
    private final Starter starter;
    private final Function<String, ExecutionState> executions;
    private final Expressions expressions;
    private final Trust trust;
    private final Cascade cascade;
    private volatile RoutingRules rules = RoutingRules.NONE;
    private long rulesRead;
    private Instant now;

    public ReconcileLoop(
            Tail tail,
            Log log,
            Function<Append, Receipt> inlet,
            Starter starter,
            Function<String, ExecutionState> executions,
            Expressions expressions,
            Trust trust) {
        this.tail = tail;
        this.log = log;
        this.inlet = inlet;
        this.starter = starter;
        this.executions = executions;
        this.expressions = expressions;
        this.trust = trust;
        this.cascade = new Cascade(() -> rules, this::facts);
    }

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public int turn(Instant now) {
        this.now = now;
        readRules();
        return tail.poll(entries -> entries.forEach(this::reconcile), TURN_MAX);
    }

    public RoutingRules rules() {
        return rules;
    }

    public long lag() {
        return tail.lag();
    }

    /** Rules that landed in this batch are in force for all of it: sooner than their place, never later. */
    private void readRules() {
        List<Entry> page;
        do {
            page = log.thread(RoutingRules.THREAD, rulesRead, Log.READ_MAX);
            for (Entry entry : page) {
                rules = rules.fold(entry, expressions);
                rulesRead = entry.version() + 1;
            }
        } while (page.size() == Log.READ_MAX);
    }

    private Facts facts(Entry entry) {
        return new Moment(log, trust, now, entry.draft().actor(), entry.namespace(), any -> true);
    }

    private void reconcile(Entry entry) {
        ExecutionEvent.CODEC.read(entry).ifPresent(this::answer);
        if (Cascade.skipped(entry).isEmpty()) {
            cascade.route(entry).ifPresent(route -> dispatch(entry, route));
        }
    }

    private void dispatch(Entry entry, Cascade.Route route) {
        if (!route.target().value().startsWith(WORKFLOW)) {
            return;
        }
        String workflowId = route.target().value().substring(WORKFLOW.length());
        JsonNode body = entry.body().tree();
        Map<String, String> inputs = new LinkedHashMap<>();
        body.path("inputs")
                .properties()
                .forEach(f -> inputs.put(f.getKey(), f.getValue().asText()));
        String task =
                entry.body().text("task").or(() -> entry.body().text("goal")).orElse(null);
        Starter.Request request = new Starter.Request(
                workflowId, inputs, task, List.of(), null, entry.id().hex());
        String executionId = "exec-" + entry.id().hex().substring(0, ID_HEX);
        switch (starter.start(executionId, request, entry.draft().actor())) {
            case Outcome.Done<ExecutionState> done -> say(entry, started(executionId, route));
            case Outcome.Refused<ExecutionState> refused -> notStarted(entry, route, executionId, refused.refusal());
        }
    }

    /** Refused, or started in a turn before that did not come to say so. */
    private void notStarted(Entry entry, Cascade.Route route, String executionId, Refusal refusal) {
        if (executions.apply(executionId).exists()) {
            if (!isFollowed(
                    entry,
                    e -> e.body().text("execution_id").map(executionId::equals).orElse(false))) {
                say(entry, started(executionId, route));
            }
        } else if (!isAnswered(entry)) {
            say(entry, completed(entry.id(), false, refusal.message(), null));
        }
    }

    /** When an execution is over, the record that asked for it is answered. */
    private void answer(ExecutionEvent event) {
        if (!event.isOver()) {
            return;
        }
        ExecutionState state = executions.apply(event.executionId());
        Optional.ofNullable(state.plan())
                .map(ExecutionPlan::cause)
                .flatMap(cause -> log.find(new EntryId(cause)))
                .filter(intent -> !isAnswered(intent))
                .ifPresent(intent -> say(
                        intent,
                        completed(
                                intent.id(),
                                event instanceof ExecutionEvent.Completed,
                                event instanceof ExecutionEvent.Failed failed ? failed.message() : null,
                                event.executionId())));
    }

    private boolean isAnswered(Entry intent) {
        return isFollowed(
                intent,
                e -> e.body().text("fulfills").map(intent.id().hex()::equals).orElse(false));
    }

    /** Whether a later record of its thread is such a one. */
    private boolean isFollowed(Entry intent, Predicate<Entry> such) {
        long from = intent.version() + 1;
        List<Entry> page;
        do {
            page = log.thread(intent.thread(), from, Log.READ_MAX);
            if (page.stream().anyMatch(such)) {
                return true;
            }
            from += page.size();
        } while (page.size() == Log.READ_MAX);
        return false;
    }

    private static ObjectNode started(String executionId, Cascade.Route route) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "dispatch.started.v1")
                .put("execution_id", executionId)
                .put("target", route.target().value())
                .put("decided_by", route.step());
        return route.rule() == null ? body : body.put("rule", route.rule());
    }

    private static ObjectNode completed(EntryId intent, boolean success, String reason, String executionId) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "dispatch.completed.v1")
                .put("fulfills", intent.hex())
                .put("success", success);
        if (reason != null) {
            body.put("failure_reason", reason);
        }
        return executionId == null ? body : body.put("execution_id", executionId);
    }

    private void say(Entry about, ObjectNode body) {
        body.put("namespace", about.namespace());
        Draft draft = Draft.of(about.thread(), ACTOR, Act.KNOW, Json.of(body)).withParents(List.of(about.id()));
        inlet.apply(Append.of(draft));
    }
}
