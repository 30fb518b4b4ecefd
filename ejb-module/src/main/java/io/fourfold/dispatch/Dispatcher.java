package io.fourfold.dispatch;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Commands;
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
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.queue.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out one claimed dispatch: says that it begins, calls the adapter, says what came of it. Whatever happens
 * between two of these, the dispatch is neither lost nor done twice: an adapter that cannot find what it had begun is
 * not called again.
 */
public final class Dispatcher {

    static final Did ACTOR = new Did("did:fourfold:system:dispatch");

    /** Between tries: this, then four times as long each time. */
    static final Duration BACK_OFF = Duration.ofSeconds(1);

    private static final int BACK_OFF_FACTOR = 4;

    private final Commands commands;
    private final Log log;
    private final Function<Append, Receipt> inlet;
    private final Directory directory;
    private final Breaker breaker;
    private final Clock clock;

    public Dispatcher(
            Commands commands,
            Log log,
            Function<Append, Receipt> inlet,
            Directory directory,
            Breaker breaker,
            Clock clock) {
        this.commands = commands;
        this.log = log;
        this.inlet = inlet;
        this.directory = directory;
        this.breaker = breaker;
        this.clock = clock;
    }

    /** Empty when it is over, for this node; else not before when it is to be tried again. */
    public Optional<Instant> run(Claim claim) throws InterruptedException {
        DispatchState state = commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(claim.id()));
        if (state.status() != Status.WAITING && state.status() != Status.RUNNING) {
            return Optional.empty();
        }
        Did target = new Did(state.target());
        Optional<Assignment> found = directory.of(target);
        if (found.isEmpty()) {
            complete(
                    claim,
                    Result.failed("no_adapter: expected an adapter for " + target
                            + ", but there is none: fourfold config add adapter NAME did=" + target + " family=…"));
            return Optional.empty();
        }
        Assignment assignment = found.get();
        if (state.status() == Status.RUNNING && !assignment.adapter().repeatable()) {
            complete(claim, Result.failed("interrupted: the node that ran it went down, and it may have been done"));
            return Optional.empty();
        }
        return begin(claim, state, target, assignment);
    }

    private Optional<Instant> begin(Claim claim, DispatchState state, Did target, Assignment assignment)
            throws InterruptedException {
        Entry record = log.find(new EntryId(state.subject().record())).orElseThrow();
        ThreadId work = Minted.thread("dispatch", List.of(record.id().hex()));
        EntryId intent = intend(claim.id(), record, work);
        Brief brief = new Brief(claim.id(), record, target, work, intent, assignment.timeout(), assignment.budgetUsd());
        Instant deadline = assignment.timeout() == null ? null : clock.instant().plus(assignment.timeout());
        DispatchCommand start = new DispatchCommand.Start(
                claim.id(), claim.token(), assignment.adapter().family(), work.value(), deadline);
        return switch (commands.handle(Dispatch.AGGREGATE, start, ACTOR)) {
            case Outcome.Refused<DispatchState> late -> Optional.empty();
            case Outcome.Done<DispatchState> started ->
                report(claim, started.state(), assignment, assignment.adapter().perform(brief));
        };
    }

    /** What is asked for, on the thread of the dispatch alone; written again it is the same record. */
    private EntryId intend(String dispatchId, Entry record, ThreadId work) {
        var body = Wire.MAPPER
                .createObjectNode()
                .put("dispatch", dispatchId)
                .put("dispatch_handled", true)
                .put("namespace", record.namespace())
                .put("record", record.id().hex());
        record.body().text("goal").ifPresent(goal -> body.put("goal", goal));
        Draft draft =
                new Draft(List.of(record.id()), work, ACTOR, Act.INTEND, Json.of(body), 0L, DataType.SCALAR, null);
        return switch (inlet.apply(Append.of(draft))) {
            case Receipt.Stored stored -> stored.items().get(0).entry().id();
            case Receipt.Refused refused ->
                throw new IllegalStateException(refused.refusal().message());
        };
    }

    private Optional<Instant> report(Claim claim, DispatchState state, Assignment assignment, Report report) {
        String lane = state.target();
        switch (report) {
            case Report.Finished finished -> {
                Result result = finished.result().within(assignment.budgetUsd());
                complete(claim, result);
                heard(lane, finished.result().success());
                return Optional.empty();
            }
            case Report.HandedOver handed -> {
                tell(new DispatchCommand.HandOver(claim.id(), claim.token(), handed.executionId()));
                heard(lane, true);
                return Optional.empty();
            }
            case Report.Transient fault -> {
                heard(lane, false);
                return again(claim, state, assignment, fault.reason());
            }
        }
    }

    private Optional<Instant> again(Claim claim, DispatchState state, Assignment assignment, String reason) {
        if (state.attempts() >= assignment.triesMax()) {
            complete(claim, Result.failed(reason + " (" + state.attempts() + " tries)"));
            return Optional.empty();
        }
        long factor = (long) Math.pow(BACK_OFF_FACTOR, state.attempts() - 1);
        Instant notBefore = clock.instant().plus(BACK_OFF.multipliedBy(factor));
        tell(new DispatchCommand.Retry(claim.id(), claim.token(), reason, notBefore));
        return Optional.of(notBefore);
    }

    private void heard(String lane, boolean success) {
        if (success) {
            breaker.succeeded(lane);
        } else {
            breaker.failed(lane, clock.instant());
        }
    }

    private void complete(Claim claim, Result result) {
        tell(new DispatchCommand.Complete(claim.id(), claim.token(), result, null));
    }

    /** A refusal means that the dispatch is over, or another's: there is nothing left to do here. */
    private void tell(DispatchCommand command) {
        commands.handle(Dispatch.AGGREGATE, command, ACTOR);
    }
}
