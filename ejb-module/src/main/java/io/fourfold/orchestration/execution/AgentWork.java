package io.fourfold.orchestration.execution;

import io.fourfold.kit.Ids;
import io.fourfold.log.LogUnavailable;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The agent of one phase in its place. Each try is a session; while the provider is busy or limits the rate there is
 * another one, after a while. A session that another server began is gone on with.
 */
final class AgentWork {

    private static final String LOST = "the agent was lost with the server that ran it";

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final Seat seat;
    private final Numbers numbers;
    private final Purse purse;
    private final Progress began;
    private final PhaseWorkspace workspace;
    private final PhaseSessions sessions;
    private final AgentRun running;
    private final List<String> sessionIds = new ArrayList<>();
    private BigDecimal spent = BigDecimal.ZERO;
    private AgentLines lines;

    AgentWork(
            House house,
            String executionId,
            Phase phase,
            Control control,
            Seat seat,
            Numbers numbers,
            Purse purse,
            PhaseWorkspace workspace,
            PhaseSessions sessions,
            Progress began) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.seat = seat;
        this.numbers = numbers;
        this.purse = purse;
        this.began = began;
        this.workspace = workspace;
        this.sessions = sessions;
        this.running = new AgentRun(house, executionId, phase, control, seat, workspace);
    }

    /** How it ended; {@code lost}, with another server. */
    record Ended(AgentResult result, boolean lost, Closing closing) {}

    /** All tries together. */
    Ended run() throws IOException, InterruptedException {
        String first = progress().sessionId();
        AgentResult before = null;
        for (int retry = 0; ; retry++) {
            String sessionId = triedAs(first, retry);
            sessionIds.add(sessionId);
            Ended ended = attempt(sessionId, retry);
            spent = spent.add(cost(ended.result()));
            purse.isEmptyAt(sessionId, cost(ended.result()));
            Reason reason = ended.result().reason();
            AgentResult all = before == null ? ended.result() : ended.result().after(before);
            boolean passing = !ended.lost() && isPassing(reason);
            if (passing) {
                ended.closing().alone();
            }
            if (!passing || !waited(sessionId, retry)) {
                return new Ended(all, ended.lost(), ended.closing());
            }
            before = all;
        }
    }

    private static BigDecimal cost(AgentResult result) {
        return result.costUsd() == null ? BigDecimal.ZERO : result.costUsd();
    }

    /** The sessions of all tries: what they cost is in the purse until the execution has it. */
    List<String> sessionIds() {
        return sessionIds;
    }

    private static boolean isPassing(Reason reason) {
        return reason == Reason.PROVIDER_CAPACITY || reason == Reason.RATE_LIMITED;
    }

    /** Whether there is another try, and it is time for it. */
    private boolean waited(String sessionId, int retry) throws InterruptedException {
        if (retry >= house.backOff().size() || purse.isEmpty()) {
            return false;
        }
        Duration wait = house.backOff().get(retry);
        if (house.clock().instant().plus(wait).isAfter(deadline())) {
            return false;
        }
        notices(sessionId).say("retry", "The provider is asked again in " + wait.toSeconds() + " s");
        return control.rest(wait);
    }

    private Notices notices(String sessionId) {
        return new Notices(house, numbers, new AgentLines.Place(executionId, sessionId, phase.id()));
    }

    /** As it was at first, once the execution was tried again by somebody else and knows of none. */
    private Progress progress() {
        return control.state().phase(phase.id()).orElse(began);
    }

    private Instant deadline() {
        return progress().deadline(phase);
    }

    private Ended attempt(String sessionId, int retry) throws IOException, InterruptedException {
        Session.State session = sessions.state(sessionId);
        return switch (session.standing()) {
            case COMPLETED -> new Ended(session.result(), false, Closing.said());
            case ABSENT -> {
                house.tell(sessions.start(sessionId, control.state().plan()));
                yield work(sessionId, true, true);
            }
            // In a place where tries follow each other nobody can say which of them a process was.
            case RUNNING -> {
                boolean fresh = sessions.isOurs(sessionId) || !workspace.isStarted();
                yield work(sessionId, fresh, retry == 0);
            }
        };
    }

    private AgentLines open(String sessionId) throws IOException {
        AgentLines.Place where = new AgentLines.Place(executionId, sessionId, phase.id());
        Transcript transcript = new Transcript(house.prices().get());
        return new AgentLines(
                where,
                transcript,
                numbers,
                house.clock(),
                house.telemetry(),
                house.journals(),
                seat,
                budget(sessionId));
    }

    /** Stops at the smaller of what the phase and the rest of the execution may cost; null for no limit. */
    private AgentLines.Budget budget(String sessionId) {
        return phase.maxCostUsd() == null && !purse.hasLimit()
                ? null
                : cost -> purse.isEmptyAt(sessionId, cost)
                        || phase.maxCostUsd() != null && cost.add(spent).compareTo(phase.maxCostUsd()) >= 0;
    }

    /** {@code fresh}: nobody has begun it; {@code known}: what runs in the place is its agent, if anything does. */
    private Ended work(String sessionId, boolean fresh, boolean known) throws IOException, InterruptedException {
        lines = open(sessionId);
        Instant since = fresh ? house.clock().instant() : progress().readyAt();
        try (Journal journal = lines.journal()) {
            return work(sessionId, journal, fresh, known, since);
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
            Optional<TimedAgent> agent = fresh || known ? running.begin(lines, fresh, deadline()) : Optional.empty();
            if (!fresh && !known) {
                running.end();
            }
            if (agent.isEmpty()) {
                AgentResult lost = verdict.broken(Reason.INTERRUPTED, LOST);
                return ended(sessionId, lost, journal, true);
            }
            int exitCode = running.watch(agent.get());
            return ended(sessionId, verdict.of(exitCode, agent.get().isLate()), journal, false);
        } catch (LogUnavailable unreachable) {
            throw unreachable;
        } catch (RuntimeException broken) {
            if (control.isAbandoned()) {
                throw broken;
            }
            AgentResult result = verdict.broken(Reason.WORKSPACE, String.valueOf(broken.getMessage()));
            ended(sessionId, result, journal, false).closing().alone();
            control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), result), List.of());
            throw broken;
        }
    }

    private Ended ended(String sessionId, AgentResult result, Journal journal, boolean lost)
            throws IOException, InterruptedException {
        house.flushed().run();
        Closing closing = sessions.close(sessionId, result, journal, lines.summary(), notices(sessionId));
        return new Ended(result, lost, closing);
    }

    /** For sessions whose workspace is not to be found any more: what all tries cost; empty when none began. */
    Optional<AgentResult> lost() throws IOException, InterruptedException {
        AgentResult all = null;
        for (int retry = 0; retry <= house.backOff().size(); retry++) {
            String sessionId = triedAs(began.sessionId(), retry);
            Session.State session = sessions.state(sessionId);
            if (session.standing() == Session.Standing.ABSENT) {
                break;
            }
            AgentResult result = session.standing() == Session.Standing.COMPLETED ? session.result() : lost(sessionId);
            all = all == null ? result : result.after(all);
        }
        return Optional.ofNullable(all);
    }

    private AgentResult lost(String sessionId) throws IOException, InterruptedException {
        lines = open(sessionId);
        try (Journal journal = lines.journal()) {
            Verdict verdict = new Verdict(phase, lines, () -> millisSince(began.readyAt()));
            AgentResult lost = verdict.broken(Reason.INTERRUPTED, LOST);
            ended(sessionId, lost, journal, true).closing().alone();
            return lost;
        }
    }

    private static String triedAs(String first, int retry) {
        return retry == 0 ? first : Ids.derived(first, "retry " + retry);
    }

    private long millisSince(Instant before) {
        return Duration.between(before, house.clock().instant()).toMillis();
    }
}
