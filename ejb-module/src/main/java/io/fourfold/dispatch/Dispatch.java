package io.fourfold.dispatch;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.kit.Decision.wrongState;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.Cascade;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One dispatch. It ends exactly once; a node that lost its claim can neither end it nor go on with it, because
 * another's claim has a higher token.
 */
public final class Dispatch implements Aggregate<DispatchCommand, DispatchState, DispatchEvent> {

    public static final Dispatch AGGREGATE = new Dispatch();

    private static final int ID_HEX = 16;

    private Dispatch() {}

    /** The beginning of a record's dispatch; refused by the log where there is one already. */
    public static Append opening(DispatchCommand.Route route, Did actor, Instant now) {
        DispatchEvent routed = new DispatchEvent.Routed(route.dispatchId(), route.subject(), route.trace(), now);
        Draft draft = Draft.of(threadOf(route.dispatchId()), actor, Act.KNOW, DispatchEvent.CODEC.write(routed));
        return new Append(List.of(draft), Expect.length(0));
    }

    /** The dispatch of a record: asking twice makes one. */
    public static String idOf(EntryId record) {
        return "dsp-" + record.hex().substring(0, ID_HEX);
    }

    public static ThreadId threadOf(String dispatchId) {
        return ThreadId.of("dispatch", dispatchId);
    }

    @Override
    public ThreadId thread(DispatchCommand command) {
        return threadOf(command.dispatchId());
    }

    @Override
    public DispatchState initial() {
        return DispatchState.NONE;
    }

    @Override
    public EventCodec<DispatchEvent> codec() {
        return DispatchEvent.CODEC;
    }

    @Override
    public Decision<DispatchEvent> decide(DispatchCommand command, DispatchState state, Instant now) {
        String id = command.dispatchId();
        if (state.status() == Status.ABSENT && !(command instanceof DispatchCommand.Route)) {
            return refuse(NOT_FOUND, "Expected a dispatch, but there is none with the id " + id);
        }
        return switch (command) {
            case DispatchCommand.Route route ->
                state.status() == Status.ABSENT
                        ? accept(new DispatchEvent.Routed(id, route.subject(), route.trace(), now))
                        : refuse(ALREADY_EXISTS, "Expected a new dispatch, but " + id + " is " + state.status());
            case DispatchCommand.Start start -> start(start, state, now);
            case DispatchCommand.HandOver handOver ->
                held(id, state, handOver.token())
                        ? accept(new DispatchEvent.HandedOver(id, handOver.executionId(), now))
                        : late(id, state);
            case DispatchCommand.Retry retry ->
                held(id, state, retry.token())
                        ? accept(new DispatchEvent.Retrying(id, retry.reason(), retry.notBefore(), now))
                        : late(id, state);
            case DispatchCommand.Complete complete -> complete(complete, state, now);
        };
    }

    private static Decision<DispatchEvent> start(DispatchCommand.Start start, DispatchState state, Instant now) {
        boolean takenOver = state.status() == Status.RUNNING && start.token() > state.token();
        if (state.status() != Status.WAITING && !takenOver) {
            return wrongState(start.dispatchId(), state.status(), Status.WAITING);
        }
        return accept(new DispatchEvent.Started(
                start.dispatchId(),
                state.subject(),
                state.trace().decidedBy(),
                state.trace().rule(),
                start.token(),
                state.attempts() + 1,
                start.family(),
                state.target(),
                start.workThread(),
                start.deadline(),
                now));
    }

    private static Decision<DispatchEvent> complete(
            DispatchCommand.Complete complete, DispatchState state, Instant now) {
        String id = complete.dispatchId();
        if (state.status().isOver()) {
            return wrongState(id, state.status(), Status.WAITING, Status.RUNNING, Status.HANDED_OVER);
        }
        if (complete.token() != null && complete.token() < state.token()) {
            return late(id, state);
        }
        return accept(new DispatchEvent.Completed(
                id,
                state.subject(),
                complete.result(),
                state.executionId(),
                complete.answer(),
                Cascade.INTELLIGENCE.value().equals(state.target()) && state.workThread() != null,
                Duration.between(state.routedAt(), now).toMillis(),
                now));
    }

    private static boolean held(String id, DispatchState state, long token) {
        return state.status() == Status.RUNNING && state.token() == token;
    }

    private static Decision<DispatchEvent> late(String id, DispatchState state) {
        return refuse(
                WRONG_STATE,
                "Expected the claim that " + id + " was begun with, but it is " + state.status() + " under claim "
                        + state.token());
    }

    @Override
    public DispatchState evolve(DispatchState state, DispatchEvent event) {
        return switch (event) {
            case DispatchEvent.Routed e ->
                new DispatchState(
                        e.trace().isDispatched() ? Status.WAITING : Status.UNROUTED,
                        e.subject(),
                        e.trace(),
                        0,
                        0,
                        null,
                        null,
                        e.at());
            case DispatchEvent.Started e -> state.started(e.token(), e.workThread());
            case DispatchEvent.HandedOver e -> state.handedOver(e.executionId());
            case DispatchEvent.Retrying e -> state.at(Status.WAITING);
            case DispatchEvent.Completed e -> state.at(e.result().success() ? Status.SUCCEEDED : Status.FAILED);
        };
    }
}
