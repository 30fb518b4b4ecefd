package io.fourfold.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Wire;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who tells that a dispatch is over, and what is said of it on the thread of the record that asked. */
public final class Answers {

    /** Families whose work is an execution. */
    private static final Set<String> EXECUTING = Set.of("workflow", "agent");

    private static final long STARTED_CLOCK = 0;
    private static final long COMPLETED_CLOCK = 1;

    private final Log log;
    private final Commands commands;

    public Answers(Log log, Commands commands) {
        this.log = log;
        this.commands = commands;
    }

    /** The dispatch that an entry ends: its execution is over, or somebody fulfils its intent. */
    public Optional<DispatchCommand> completed(Entry entry) {
        Optional<ExecutionEvent> event = ExecutionEvent.CODEC.read(entry);
        if (event.isPresent()) {
            return event.filter(ExecutionEvent::isOver).flatMap(this::executionOver);
        }
        boolean answer =
                entry.draft().act() == Act.KNOW && !entry.draft().actor().isSystem();
        return answer ? entry.body().text("fulfills").flatMap(intent -> fulfilled(intent, entry)) : Optional.empty();
    }

    private Optional<DispatchCommand> executionOver(ExecutionEvent event) {
        ExecutionState state = commands.state(Execution.AGGREGATE, Execution.threadOf(event.executionId()));
        if (state.plan() == null || state.plan().cause() == null) {
            return Optional.empty();
        }
        EntryId cause = new EntryId(state.plan().cause());
        if (!event.executionId().equals(WorkflowAdapter.executionId(cause))) {
            // Something else started it because of that record, a trigger for example.
            return Optional.empty();
        }
        boolean success = event instanceof ExecutionEvent.Completed;
        ExecutionState.Spent spent = state.spent();
        Result result = new Result(
                success, success ? null : reason(event), spent.costUsd(), spent.tokensIn(), spent.tokensOut());
        String id = Dispatch.idOf(cause);
        return isOpen(id) ? Optional.of(new DispatchCommand.Complete(id, null, result, null)) : Optional.empty();
    }

    private static String reason(ExecutionEvent event) {
        return event instanceof ExecutionEvent.Failed failed
                ? failed.message()
                : "the execution was " + (event instanceof ExecutionEvent.Cancelled ? "cancelled" : "interrupted");
    }

    /** The intent is the record that was routed, or the one on the dispatch's own thread. */
    private Optional<DispatchCommand> fulfilled(String intent, Entry answer) {
        return EntryId.parse(intent)
                .flatMap(log::find)
                .filter(asked -> asked.namespace().equals(answer.namespace()))
                .map(asked -> asked.draft().actor().isSystem()
                        ? asked.body().text("dispatch").orElse(null)
                        : Dispatch.idOf(asked.id()))
                .filter(this::isOpen)
                .map(id -> new DispatchCommand.Complete(
                        id, null, Answer.of(answer.body().tree()), answer.id().hex()));
    }

    private boolean isOpen(String id) {
        Status status =
                commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(id)).status();
        return status != Status.ABSENT && !status.isOver();
    }

    /** The notice that a dispatch began, the first time, and the one that it ended, unless that was said already. */
    public List<Append> about(DispatchEvent event) {
        return switch (event) {
            case DispatchEvent.Started e -> e.attempt() == 1 ? List.of(started(e)) : List.of();
            case DispatchEvent.Completed e -> ended(e);
            case DispatchEvent.Routed e -> List.of();
            case DispatchEvent.HandedOver e -> List.of();
            case DispatchEvent.Retrying e -> List.of();
        };
    }

    /** Both intents are fulfilled, the record and the one on the dispatch's own thread, unless somebody has done so. */
    private List<Append> ended(DispatchEvent.Completed event) {
        String record = event.subject().record();
        String fulfilled = Optional.ofNullable(event.answer())
                .flatMap(id -> log.find(new EntryId(id)))
                .filter(answer -> answer.thread().value().equals(event.subject().thread())
                        || answer.thread().equals(Dispatcher.workThread(record)))
                .flatMap(answer -> answer.body().text("fulfills"))
                .orElse("");
        List<Append> said = new ArrayList<>();
        if (!fulfilled.equals(record)) {
            said.add(completed(event));
        }
        log.thread(Dispatcher.workThread(record), 0, 1).stream()
                .map(intent -> intent.id().hex())
                .filter(intent -> !intent.equals(fulfilled))
                .forEach(intent -> said.add(closed(event, intent)));
        return said;
    }

    private static Append closed(DispatchEvent.Completed event, String intent) {
        ObjectNode body = body("dispatch.closed.v1", event.dispatchId(), event.subject())
                .put("fulfills", intent)
                .put("success", event.result().success());
        Subject work = new Subject(
                intent,
                Dispatcher.workThread(event.subject().record()).value(),
                event.subject().namespace(),
                null,
                null);
        return record(event.dispatchId(), work, body, COMPLETED_CLOCK);
    }

    private static Append started(DispatchEvent.Started event) {
        ObjectNode body = body("dispatch.started.v1", event.dispatchId(), event.subject())
                .put("target", event.target())
                .put("family", event.family())
                .put("decided_by", event.decidedBy())
                .put("sub_thread", event.workThread());
        if (event.rule() != null) {
            body.put("rule", event.rule());
        }
        if (EXECUTING.contains(event.family())) {
            body.put(
                    "execution_id",
                    WorkflowAdapter.executionId(new EntryId(event.subject().record())));
        }
        return record(event.dispatchId(), event.subject(), body, STARTED_CLOCK);
    }

    private Append completed(DispatchEvent.Completed event) {
        Result result = event.result();
        ObjectNode body = body("dispatch.completed.v1", event.dispatchId(), event.subject())
                .put("fulfills", fulfilled(event))
                .put("success", result.success())
                .put("cost_usd", Wire.money(result.costUsd()))
                .put("tokens_in", result.tokensIn())
                .put("tokens_out", result.tokensOut())
                .put("latency_ms", event.latencyMs())
                .put("domain", event.subject().domain());
        if (result.failureReason() != null) {
            body.put("failure_reason", result.failureReason());
        }
        if (event.executionId() != null) {
            body.put("execution_id", event.executionId());
        }
        return record(event.dispatchId(), event.subject(), body, COMPLETED_CLOCK);
    }

    /** The record that asked; but one that a rule was proposed for is not done by that, only the proposing is. */
    private String fulfilled(DispatchEvent.Completed event) {
        String record = event.subject().record();
        return event.proposal()
                ? log.thread(Dispatcher.workThread(record), 0, 1)
                        .getFirst()
                        .id()
                        .hex()
                : record;
    }

    private static ObjectNode body(String kind, String dispatchId, Subject subject) {
        return Wire.MAPPER
                .createObjectNode()
                .put("kind", kind)
                .put("dispatch", dispatchId)
                .put("namespace", subject.namespace());
    }

    /** By an actor of its own and with a given clock, so that writing it again changes nothing. */
    private static Append record(String dispatchId, Subject subject, ObjectNode body, long clock) {
        return Append.of(new Draft(
                List.of(new EntryId(subject.record())),
                new ThreadId(subject.thread()),
                new Did("did:fourfold:system:dispatch:" + dispatchId),
                Act.KNOW,
                Json.of(body),
                clock,
                DataType.SCALAR,
                null));
    }
}
