package io.fourfold.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.Declared;
import io.fourfold.config.Trigger;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.kit.Minted;
import io.fourfold.kit.Outcome;
import io.fourfold.kit.Wire;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.RecordHash;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Starts what a trigger fired. Its id follows from trigger and event, so that starting again finds the same one. */
public final class Launcher {

    private static final String STARTS = "did:fourfold:system:trigger:";

    /** An intent of the system itself would not be dispatched. */
    private static final String INTENDS = "did:fourfold:service:trigger:";

    private static final int PREFIX_CHARS = "th_".length();
    private static final int ID_HEX = 12;

    private final Starter starter;
    private final Function<Append, Receipt> inlet;

    public Launcher(Starter starter, Function<Append, Receipt> inlet) {
        this.starter = starter;
        this.inlet = inlet;
    }

    /** The trigger that an actor stands for who queued an execution. */
    static Optional<String> triggerOfExecution(Did actor) {
        return after(STARTS, actor);
    }

    /** The trigger that an actor stands for who recorded an intent. */
    static Optional<String> triggerOfIntent(Did actor) {
        return after(INTENDS, actor);
    }

    private static Optional<String> after(String prefix, Did actor) {
        return actor.value().startsWith(prefix)
                ? Optional.of(actor.value().substring(prefix.length()))
                : Optional.empty();
    }

    /** @param event null for a time of a schedule */
    record Start(Declared<Trigger> declared, String trigger, Entry event, Instant due) {

        /** The payload that inputs are taken of. */
        JsonNode payload() {
            return event == null
                    ? Wire.MAPPER.createObjectNode().put("trigger", trigger).put("due", due.toString())
                    : event.body().tree();
        }

        Map<String, String> inputs() {
            return inputs(payload());
        }

        Map<String, String> inputs(JsonNode payload) {
            Map<String, String> inputs = new LinkedHashMap<>();
            declared.value().inputs().forEach((name, path) -> {
                JsonNode value = JsonPath.at(payload, path);
                if (!value.isMissingNode() && !value.isNull()) {
                    inputs.put(name, JsonPath.text(value));
                }
            });
            return inputs;
        }

        private String key() {
            return event == null ? due.toString() : event.id().hex();
        }

        private String seeded() {
            return Minted.thread("trigger", List.of(trigger, key())).value().substring(PREFIX_CHARS);
        }
    }

    /** The id of the execution, or for a target of the dispatch. */
    static String idOf(Start start) {
        return switch (start.declared().value().goal()) {
            case Trigger.Goal.Workflow workflow -> "exec-" + start.seeded().substring(0, ID_HEX);
            case Trigger.Goal.Target target -> dispatchOf(start, target);
        };
    }

    private static String dispatchOf(Start start, Trigger.Goal.Target target) {
        try {
            return Dispatch.idOf(RecordHash.id(intent(start, target)));
        } catch (InvalidRecord tooLong) {
            // There will be no such intent; starting it says why.
            return Dispatch.idOf(new EntryId(start.seeded()));
        }
    }

    /**
     * Starts it, unless it was started before; why not, when it cannot be.
     *
     * @param id        as {@link #idOf} gave it
     * @param budgetUsd what may still be spent
     */
    Optional<String> start(Start start, String id, BigDecimal budgetUsd) {
        try {
            return begin(start, id, budgetUsd);
        } catch (InvalidRecord tooLong) {
            return Optional.of(tooLong.getMessage());
        }
    }

    private Optional<String> begin(Start start, String id, BigDecimal budgetUsd) {
        return switch (start.declared().value().goal()) {
            case Trigger.Goal.Workflow workflow -> execute(start, id, workflow.id(), budgetUsd);
            case Trigger.Goal.Target target ->
                switch (inlet.apply(Append.of(intent(start, target)))) {
                    case Receipt.Stored stored -> Optional.empty();
                    case Receipt.Refused refused ->
                        Optional.of(refused.refusal().message());
                };
        };
    }

    private Optional<String> execute(Start start, String id, String workflow, BigDecimal budgetUsd) {
        String cause = start.event() == null ? null : start.event().id().hex();
        Starter.Request request = new Starter.Request(
                workflow,
                start.inputs(),
                null,
                List.of(),
                budgetUsd,
                cause,
                start.declared().namespace());
        return switch (starter.start(id, request, new Did(STARTS + start.trigger()))) {
            case Outcome.Done<ExecutionState> done -> Optional.empty();
            case Outcome.Refused<ExecutionState> refused ->
                refused.refusal().code() == Refusal.Code.ALREADY_EXISTS
                        ? Optional.empty()
                        : Optional.of(refused.refusal().message());
        };
    }

    /** On a thread of its own at clock 0: written again it is the same record. */
    private static Draft intent(Start start, Trigger.Goal.Target target) {
        Map<String, String> inputs = start.inputs();
        ObjectNode body = Wire.MAPPER
                .createObjectNode()
                .put("to", target.did().value())
                .put("trigger", start.trigger())
                .put("goal", inputs.getOrDefault("goal", goal(start)))
                .put("namespace", start.declared().namespace());
        inputs.forEach(body.putObject("inputs")::put);
        List<EntryId> parents =
                start.event() == null ? List.of() : List.of(start.event().id());
        return new Draft(
                parents,
                Minted.thread("trigger", List.of(start.trigger(), start.key())),
                new Did(INTENDS + start.trigger()),
                Act.INTEND,
                Json.of(body),
                0L,
                DataType.SCALAR,
                null);
    }

    private static String goal(Start start) {
        return Optional.ofNullable(start.event())
                .flatMap(
                        event -> event.body().text("goal").or(() -> event.body().text("task")))
                .orElse("What the trigger " + start.declared().name() + " is for");
    }
}
