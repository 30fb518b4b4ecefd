package io.fourfold.dispatch;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Minted;
import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.kit.Wire;
import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.RecordHash;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.queue.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out one claimed dispatch: says that it begins, calls the adapter, says what came of it. Whatever happens
 * between two of these, the dispatch is neither lost nor done twice: an adapter that cannot find what it had begun is
 * not called again.
 */
public final class Dispatcher {

    static final Did ACTOR = new Did("did:fourfold:system:dispatch");

    /** Between tries: this, then four times as long each time. */
    static final Duration BACK_OFF = Duration.ofSeconds(1);

    private static final Set<Refusal.Code> LATE = Set.of(Refusal.Code.WRONG_STATE, Refusal.Code.NOT_FOUND);
    private static final Set<Refusal.Code> PASSING =
            Set.of(Refusal.Code.OVERLOADED, Refusal.Code.UNAVAILABLE, Refusal.Code.STORAGE_FULL, Refusal.Code.FROZEN);

    private static final int BACK_OFF_FACTOR = 4;

    /** How long, and how often, it is tried to say what came of it. */
    private static final Duration SAID_PAUSE = Duration.ofSeconds(1);

    private static final int SAID_TRIES_MAX = 120;

    private final Commands commands;
    private final Log log;
    private final Directory directory;
    private final Breaker breaker;
    private final Clock clock;

    public Dispatcher(Commands commands, Log log, Directory directory, Breaker breaker, Clock clock) {
        this.commands = commands;
        this.log = log;
        this.directory = directory;
        this.breaker = breaker;
        this.clock = clock;
    }

    /** Empty when it is over, for this node; else not before when it is to be tried again. */
    public Optional<Instant> run(Claim claim) throws InterruptedException {
        var dispatch = commands.open(Dispatch.AGGREGATE, Dispatch.threadOf(claim.id()), ACTOR);
        DispatchState state = dispatch.state();
        if (state.status() != Status.WAITING && state.status() != Status.RUNNING) {
            return Optional.empty();
        }
        Did target = new Did(state.target());
        Optional<Assignment> found = directory.of(target);
        if (found.isEmpty()) {
            complete(
                    dispatch,
                    claim,
                    Result.failed("no_adapter: expected an adapter for " + target
                            + ", but there is none: fourfold config add adapter NAME did=" + target + " family=…"));
            return Optional.empty();
        }
        Assignment assignment = found.get();
        if (state.status() == Status.RUNNING && !assignment.adapter().repeatable()) {
            complete(
                    dispatch,
                    claim,
                    Result.failed("interrupted: the node that ran it went down, and it may have been done"));
            return Optional.empty();
        }
        return begin(dispatch, claim, target, assignment);
    }

    private Optional<Instant> begin(
            Opened<DispatchCommand, DispatchState, DispatchEvent> dispatch,
            Claim claim,
            Did target,
            Assignment assignment)
            throws InterruptedException {
        Entry record =
                log.find(new EntryId(dispatch.state().subject().record())).orElseThrow();
        Draft intent = intent(claim.id(), record);
        Brief brief = new Brief(
                claim.id(),
                record,
                target,
                intent.thread(),
                RecordHash.id(intent),
                assignment.timeout(),
                assignment.budgetUsd());
        Instant deadline = assignment.timeout() == null ? null : clock.instant().plus(assignment.timeout());
        DispatchCommand start = new DispatchCommand.Start(
                claim.id(),
                claim.token(),
                assignment.adapter().family(),
                intent.thread().value(),
                deadline);
        return switch (dispatch.handle(start, List.of(intent))) {
            case Outcome.Refused<DispatchState> refused -> unbegun(dispatch, claim, refused.refusal());
            case Outcome.Done<DispatchState> started ->
                report(dispatch, claim, assignment, assignment.adapter().perform(brief));
        };
    }

    /** Late when it is another's or over by now; else the storage has trouble, or there is no place for the intent. */
    private Optional<Instant> unbegun(
            Opened<DispatchCommand, DispatchState, DispatchEvent> dispatch, Claim claim, Refusal refusal) {
        if (refusal.isOvertaken() || PASSING.contains(refusal.code())) {
            return Optional.of(clock.instant().plus(BACK_OFF));
        }
        if (!LATE.contains(refusal.code())) {
            complete(dispatch, claim, Result.failed(refusal.message()));
        }
        return Optional.empty();
    }

    /** The thread of one dispatch alone. */
    static ThreadId workThread(String record) {
        return Minted.thread("dispatch", List.of(record));
    }

    /** What is asked for, on the thread of the dispatch alone; written again it is the same record. */
    private static Draft intent(String dispatchId, Entry record) {
        ThreadId work = workThread(record.id().hex());
        var body = Wire.MAPPER
                .createObjectNode()
                .put("dispatch", dispatchId)
                .put("dispatch_handled", true)
                .put("namespace", record.namespace())
                .put("record", record.id().hex());
        record.body().text("goal").ifPresent(goal -> body.put("goal", goal));
        return new Draft(List.of(record.id()), work, ACTOR, Act.INTEND, Json.of(body), 0L, DataType.SCALAR, null);
    }

    private Optional<Instant> report(
            Opened<DispatchCommand, DispatchState, DispatchEvent> dispatch,
            Claim claim,
            Assignment assignment,
            Report report) {
        String lane = dispatch.state().target();
        switch (report) {
            case Report.Finished finished -> {
                complete(dispatch, claim, finished.result().within(assignment.budgetUsd()));
                heard(lane, finished.result().success());
                return Optional.empty();
            }
            case Report.HandedOver handed -> {
                dispatch.handle(new DispatchCommand.HandOver(claim.id(), claim.token(), handed.executionId()));
                heard(lane, true);
                return Optional.empty();
            }
            case Report.Transient fault -> {
                heard(lane, false);
                return again(dispatch, claim, assignment, fault.reason());
            }
        }
    }

    private Optional<Instant> again(
            Opened<DispatchCommand, DispatchState, DispatchEvent> dispatch,
            Claim claim,
            Assignment assignment,
            String reason) {
        int attempts = dispatch.state().attempts();
        if (attempts >= assignment.triesMax()) {
            complete(dispatch, claim, Result.failed(reason + " (" + attempts + " tries)"));
            return Optional.empty();
        }
        long factor = (long) Math.pow(BACK_OFF_FACTOR, attempts - 1);
        Instant notBefore = clock.instant().plus(BACK_OFF.multipliedBy(factor));
        dispatch.handle(new DispatchCommand.Retry(claim.id(), claim.token(), Result.plain(reason), notBefore));
        return Optional.of(notBefore);
    }

    private void heard(String lane, boolean success) {
        if (success) {
            breaker.succeeded(lane);
        } else {
            breaker.failed(lane, clock.instant());
        }
    }

    /**
     * What was done is said, also when the log is away for a while; beyond that another claim finds it interrupted. A
     * refusal means that the dispatch is over, or another's: there is nothing left to do here.
     */
    private static void complete(
            Opened<DispatchCommand, DispatchState, DispatchEvent> dispatch, Claim claim, Result result) {
        DispatchCommand command = new DispatchCommand.Complete(claim.id(), claim.token(), result, null);
        for (int attempt = 1; ; attempt++) {
            try {
                dispatch.handle(command);
                return;
            } catch (LogUnavailable away) {
                if (attempt == SAID_TRIES_MAX) {
                    throw away;
                }
                LockSupport.parkNanos(SAID_PAUSE.toNanos());
            }
        }
    }
}
