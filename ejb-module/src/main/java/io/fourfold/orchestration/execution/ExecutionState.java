package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An execution, folded from its events.
 *
 * @param plan     null while nothing was queued under this id
 * @param phases   phase id to how far it came; what has not begun is absent
 * @param wanted   what waits for the next yield point
 * @param hold     why and since when it is paused, null while it is not
 * @param commits  repository to the commit it was first cloned at, which later phases and tries get too
 * @param approved phases that a person let go on
 * @param messages phase id to what was said to its agent
 * @param spent    what finished agents have cost so far, those of phases that were tried again included
 * @param retries  how often it was tried again after its end
 * @param left     what phases had come to that begin anew: nothing may run there any more
 */
public record ExecutionState(
        Status status,
        ExecutionPlan plan,
        Map<String, Progress> phases,
        Wanted wanted,
        Hold hold,
        Map<String, String> commits,
        List<String> approved,
        Map<String, List<String>> messages,
        Spent spent,
        int retries,
        List<Left> left) {

    static final ExecutionState NONE = new ExecutionState(
            Status.NOT_STARTED,
            null,
            Map.of(),
            Wanted.NOTHING,
            null,
            Map.of(),
            List.of(),
            Map.of(),
            Spent.NOTHING,
            0,
            List.of());

    /** What people asked for and the next yield point gives. */
    public enum Wanted {
        NOTHING,
        PAUSE,
        CANCEL
    }

    /** What a phase had come to before the execution was tried again. */
    public record Left(String phaseId, Progress progress) {}

    /** A pause; {@code awaiting} is the phase that a person lets go on, or null. */
    public record Hold(Instant since, String awaiting) {}

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
        COMPLETED,
        SKIPPED
    }

    /** Whether it runs on to a yield point where it shall not go on. */
    boolean isAsked() {
        return status == Status.RUNNING && wanted != Wanted.NOTHING;
    }

    public boolean exists() {
        return plan != null;
    }

    public Optional<Progress> phase(String id) {
        return Optional.ofNullable(phases.get(id));
    }

    public boolean isDone(String phaseId) {
        return phase(phaseId).map(Progress::isDone).orElse(false);
    }

    /**
     * The phases that are next or under way: neighbours of the same order run side by side. Empty when all are done.
     */
    public List<Phase> wave() {
        List<Phase> left = plan.phases().stream().filter(p -> !isDone(p.id())).toList();
        return left.stream().filter(p -> p.order() == left.getFirst().order()).toList();
    }

    /** The phases under way. */
    public List<String> current() {
        return plan.phases().stream()
                .map(Phase::id)
                .filter(id -> phases.containsKey(id) && !isDone(id))
                .toList();
    }

    /** A person lets it go on, and has not yet. */
    public boolean awaitsPerson(Phase phase) {
        return phase.executionType().equals("human_in_loop") && !approved.contains(phase.id());
    }

    /** Whether an agent of it may be at work in a workspace, or is about to be. */
    public boolean mayUse(String workspaceId) {
        return !status.isOver()
                && current().stream()
                        .map(phases::get)
                        .anyMatch(p -> p.step() == Step.STARTED || workspaceId.equals(p.workspaceId()));
    }

    ExecutionState with(Status next) {
        return new ExecutionState(
                next, plan, phases, Wanted.NOTHING, null, commits, approved, messages, spent, retries, left);
    }

    ExecutionState wanting(Wanted next) {
        return new ExecutionState(status, plan, phases, next, hold, commits, approved, messages, spent, retries, left);
    }

    ExecutionState paused(Hold since) {
        return new ExecutionState(
                Status.PAUSED, plan, phases, Wanted.NOTHING, since, commits, approved, messages, spent, retries, left);
    }

    ExecutionState resumed(Instant at) {
        Map<String, Progress> later = new LinkedHashMap<>(phases);
        later.replaceAll((id, progress) -> progress.heldFor(Duration.between(hold.since(), at)));
        List<String> approvals = new ArrayList<>(approved);
        if (hold.awaiting() != null) {
            approvals.add(hold.awaiting());
        }
        return new ExecutionState(
                Status.RUNNING, plan, later, Wanted.NOTHING, null, commits, approvals, messages, spent, retries, left);
    }

    ExecutionState with(String phaseId, Progress progress) {
        Map<String, Progress> copy = new LinkedHashMap<>(phases);
        copy.put(phaseId, progress);
        return new ExecutionState(status, plan, copy, wanted, hold, commits, approved, messages, spent, retries, left);
    }

    ExecutionState spending(AgentResult result) {
        return new ExecutionState(
                status, plan, phases, wanted, hold, commits, approved, messages, spent.plus(result), retries, left);
    }

    ExecutionState clonedAt(Map<String, String> found) {
        Map<String, String> first = new HashMap<>(found);
        first.putAll(commits);
        return new ExecutionState(status, plan, phases, wanted, hold, first, approved, messages, spent, retries, left);
    }

    ExecutionState told(String phaseId, String message) {
        Map<String, List<String>> more = new HashMap<>(messages);
        List<String> said = new ArrayList<>(more.getOrDefault(phaseId, List.of()));
        said.add(message);
        more.put(phaseId, said);
        return new ExecutionState(status, plan, phases, wanted, hold, commits, approved, more, spent, retries, left);
    }

    ExecutionState retried() {
        Map<String, Progress> finished = new LinkedHashMap<>(phases);
        finished.values().removeIf(p -> !p.isDone());
        return new ExecutionState(
                Status.RUNNING,
                plan,
                finished,
                Wanted.NOTHING,
                null,
                commits,
                approved,
                messages,
                spent,
                retries + 1,
                Stream.concat(
                                left.stream(),
                                phases.entrySet().stream()
                                        .filter(p -> !p.getValue().isDone())
                                        .map(p -> new Left(p.getKey(), p.getValue())))
                        .toList());
    }
}
