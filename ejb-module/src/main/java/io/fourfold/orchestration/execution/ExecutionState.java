package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An execution, folded from its events.
 *
 * @param plan            null while nothing was queued under this id
 * @param phases          phase id to how far it came; what has not begun is absent
 * @param pauseRequested  a pause waits for the next yield point
 * @param cancelRequested a cancel waits for the next yield point
 * @param spent           what finished agents have cost so far, those of phases that were tried again included
 * @param retries         how often it was tried again after its end
 */
public record ExecutionState(
        Status status,
        ExecutionPlan plan,
        Map<String, Progress> phases,
        boolean pauseRequested,
        boolean cancelRequested,
        Spent spent,
        int retries) {

    static final ExecutionState NONE =
            new ExecutionState(Status.NOT_STARTED, null, Map.of(), false, false, Spent.NOTHING, 0);

    /** What finished agents have used; {@code costUsd} only as far as prices are known. */
    public record Spent(BigDecimal costUsd, long tokensIn, long tokensOut) {

        static final Spent NOTHING = new Spent(BigDecimal.ZERO, 0, 0);

        Spent plus(AgentResult result) {
            BigDecimal cost = result.costUsd() == null ? BigDecimal.ZERO : result.costUsd();
            Usage usage = result.usage();
            return new Spent(
                    costUsd.add(cost),
                    tokensIn + usage.input() + usage.cacheCreation() + usage.cacheRead(),
                    tokensOut + usage.output());
        }
    }

    /** The steps of a phase, in order. */
    public enum Step {
        STARTED,
        WORKSPACE_READY,
        AGENT_FINISHED,
        ARTIFACTS_COLLECTED,
        COMPLETED
    }

    /** How far a phase came; {@code outputSha256} once its artifacts were collected. */
    public record Progress(
            Step step, String sessionId, boolean success, List<Collected> artifacts, String outputSha256) {
        Progress at(Step next) {
            return new Progress(next, sessionId, success, artifacts, outputSha256);
        }
    }

    public boolean exists() {
        return plan != null;
    }

    public Optional<Progress> phase(String id) {
        return Optional.ofNullable(phases.get(id));
    }

    public boolean isDone(String phaseId) {
        return phase(phaseId).map(p -> p.step() == Step.COMPLETED).orElse(false);
    }

    /** The first phase that is not completed; empty when all are. */
    public Optional<Phase> next() {
        return plan.phases().stream().filter(p -> !isDone(p.id())).findFirst();
    }

    /** The phase under way, or null. */
    String current() {
        return next().map(Phase::id).filter(phases::containsKey).orElse(null);
    }

    ExecutionState spending(AgentResult result) {
        return new ExecutionState(status, plan, phases, pauseRequested, cancelRequested, spent.plus(result), retries);
    }

    ExecutionState with(Status next) {
        return new ExecutionState(next, plan, phases, false, false, spent, retries);
    }

    ExecutionState requested(boolean pause, boolean cancel) {
        return new ExecutionState(status, plan, phases, pause, cancel, spent, retries);
    }

    ExecutionState with(String phaseId, Progress progress) {
        Map<String, Progress> copy = new LinkedHashMap<>(phases);
        copy.put(phaseId, progress);
        return new ExecutionState(status, plan, copy, pauseRequested, cancelRequested, spent, retries);
    }

    ExecutionState retried() {
        Map<String, Progress> finished = new LinkedHashMap<>(phases);
        finished.values().removeIf(p -> p.step() != Step.COMPLETED);
        return new ExecutionState(Status.RUNNING, plan, finished, false, false, spent, retries + 1);
    }
}
