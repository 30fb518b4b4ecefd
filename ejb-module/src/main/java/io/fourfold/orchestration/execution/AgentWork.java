package io.fourfold.orchestration.execution;

import io.fourfold.kit.Ids;
import io.fourfold.orchestration.agent.Agent;
import io.fourfold.orchestration.agent.Brief;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The agent of one phase in its place. Each try is a session; while the provider is busy or limits the rate there is
 * another one, after a while. A session that another server began is gone on with.
 */
final class AgentWork {

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final Seat seat;
    private final AtomicLong seq;
    private final Purse purse;
    private final Sandbox.Place place;
    private final PhaseSessions sessions;
    private AgentLines lines;

    AgentWork(
            House house,
            String executionId,
            Phase phase,
            Control control,
            Seat seat,
            AtomicLong seq,
            Purse purse,
            Sandbox.Place place) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.seat = seat;
        this.seq = seq;
        this.purse = purse;
        this.place = place;
        this.sessions = new PhaseSessions(house, executionId, phase);
    }

    /** How it ended; {@code lost}, with another server. */
    record Ended(AgentResult result, boolean lost) {}

    /** All tries together. */
    Ended run() throws IOException, InterruptedException {
        String first = progress().sessionId();
        AgentResult before = null;
        for (int retry = 0; ; retry++) {
            Ended ended = attempt(retry == 0 ? first : Ids.derived(first, "retry " + retry), retry);
            Reason reason = ended.result().reason();
            AgentResult all = before == null ? ended.result() : ended.result().after(before);
            if (ended.lost() || !isPassing(reason) || !waited(retry)) {
                return new Ended(all, ended.lost());
            }
            before = all;
        }
    }

    private static boolean isPassing(Reason reason) {
        return reason == Reason.PROVIDER_CAPACITY || reason == Reason.RATE_LIMITED;
    }

    /** Whether there is another try, and it is time for it. */
    private boolean waited(int retry) throws InterruptedException {
        if (retry >= house.backOff().size() || purse.isEmpty()) {
            return false;
        }
        Duration wait = house.backOff().get(retry);
        if (house.clock().instant().plus(wait).isAfter(deadline())) {
            return false;
        }
        lines.notice("retry", "The provider is asked again in " + wait.toSeconds() + " s");
        return control.rest(wait);
    }

    /** What the agent left that could not be kept, and the like. */
    void leftOut(String why) {
        if (lines != null) {
            lines.notice("left_out", why);
        }
    }

    private Progress progress() {
        return control.state().phase(phase.id()).orElseThrow();
    }

    private Instant deadline() {
        return progress()
                .readyAt()
                .plusSeconds(phase.timeoutSeconds())
                .plus(progress().held());
    }

    private Ended attempt(String sessionId, int retry) throws IOException, InterruptedException {
        Session.State session = sessions.state(sessionId);
        return switch (session.standing()) {
            case COMPLETED -> new Ended(session.result(), false);
            case ABSENT -> {
                sessions.start(sessionId, control.state().plan());
                yield work(sessionId, true, true);
            }
            // In a place where tries follow each other nobody can say which of them a process was.
            case RUNNING -> work(sessionId, !isStarted(), retry == 0);
        };
    }

    private boolean isStarted() {
        return house.commands().state(Workspace.AGGREGATE, Workspace.threadOf(place.id()))
                == Workspace.State.AGENT_STARTED;
    }

    private AgentLines open(String sessionId) throws IOException {
        AgentLines.Place where = new AgentLines.Place(executionId, sessionId, phase.id());
        Transcript transcript = new Transcript(house.prices().get());
        return new AgentLines(
                where, transcript, seq, house.clock(), house.telemetry(), house.journals(), seat, budget(sessionId));
    }

    /** Stops at the smaller of what the phase and the rest of the execution may cost; null for no limit. */
    private AgentLines.Budget budget(String sessionId) {
        return phase.maxCostUsd() == null && !purse.hasLimit()
                ? null
                : cost -> purse.isEmptyAt(sessionId, cost)
                        || phase.maxCostUsd() != null && cost.compareTo(phase.maxCostUsd()) >= 0;
    }

    /** {@code fresh}: nobody has begun it; {@code known}: what runs in the place is its agent, if anything does. */
    private Ended work(String sessionId, boolean fresh, boolean known) throws IOException, InterruptedException {
        lines = open(sessionId);
        Instant since = fresh ? house.clock().instant() : progress().readyAt();
        try (Journal journal = lines.journal()) {
            return work(sessionId, journal, fresh, known, since);
        } finally {
            purse.settle(sessionId);
        }
    }

    private Ended work(String sessionId, Journal journal, boolean fresh, boolean known, Instant since)
            throws IOException, InterruptedException {
        Verdict verdict = new Verdict(phase, lines, () -> millisSince(since));
        try {
            if (fresh && purse.isEmpty()) {
                lines.exhausted();
                return ended(sessionId, verdict.of(Verdict.NO_EXIT_CODE, false), journal, false);
            }
            Optional<TimedAgent> agent = fresh || known ? agent(fresh) : Optional.empty();
            if (agent.isEmpty()) {
                AgentResult lost = verdict.broken(Reason.INTERRUPTED, "the agent was lost with the server that ran it");
                return ended(sessionId, lost, journal, true);
            }
            int exitCode = watched(agent.get());
            return ended(sessionId, verdict.of(exitCode, agent.get().isLate()), journal, false);
        } catch (RuntimeException broken) {
            journal.delete();
            AgentResult result = verdict.broken(Reason.WORKSPACE, String.valueOf(broken.getMessage()));
            sessions.complete(sessionId, result, null, lines.summary());
            throw broken;
        }
    }

    private Ended ended(String sessionId, AgentResult result, Journal journal, boolean lost) throws IOException {
        house.flushed().run();
        sessions.complete(sessionId, result, keep(journal), lines.summary());
        return new Ended(result, lost);
    }

    private long millisSince(Instant before) {
        return Duration.between(before, house.clock().instant()).toMillis();
    }

    private String keep(Journal journal) throws IOException {
        try (InputStream in = journal.conversation()) {
            return house.content().put(in).sha256();
        } finally {
            journal.delete();
        }
    }

    /** The agent, its clock running; empty when another server started it and it is not there any more. */
    private Optional<TimedAgent> agent(boolean fresh) {
        Agent agent = house.agents().of(phase.agent());
        ExecutionState state = control.state();
        Brief brief = new Provision(house, state).brief(executionId, phase, place, deadline());
        if (fresh && !isStarted()) {
            house.commands()
                    .handle(
                            Workspace.AGGREGATE,
                            new Workspace.Command.StartAgent(place.id(), agent.name()),
                            house.actor());
        }
        boolean held = state.status() == Status.PAUSED;
        Optional<Sandbox.Running> running = fresh
                ? Optional.of(agent.start(house.sandbox(), place, brief, lines))
                : agent.attach(house.sandbox(), place, brief, lines.taken(), lines.rest());
        if (!fresh && held) {
            running.ifPresent(Sandbox.Running::freeze);
        } else if (!fresh) {
            running.ifPresent(Sandbox.Running::thaw);
        }
        Duration left =
                Duration.between(held ? state.hold().since() : house.clock().instant(), deadline());
        return running.map(started -> new TimedAgent(started, house.alarms(), left, held));
    }

    private int watched(TimedAgent agent) throws InterruptedException {
        if (house.agents().of(phase.agent()).yields()) {
            seat.attach(agent);
        } else {
            seat.attachCommand(agent);
        }
        try {
            int exitCode = agent.await();
            if (control.isAbandoned()) {
                throw new InterruptedException("another server goes on with " + executionId);
            }
            return exitCode;
        } finally {
            agent.unwatch();
            seat.attach(null);
        }
    }
}
