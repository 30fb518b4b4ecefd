package io.fourfold.orchestration.execution;

import io.fourfold.log.Did;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An execution of two phases, {@code one} and {@code two}, at any point of its life. */
public final class Samples {

    public static final String ID = "exec-0123456789ab";
    public static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    public static final String SHA = "ab".repeat(32);

    private Samples() {}

    public static WorkflowDefinition workflow(String yaml) {
        return switch (new WorkflowYaml(phase -> Optional.empty())
                .read(yaml, "workflow.yaml", path -> Optional.of(new byte[] {'{', '}'}))) {
            case WorkflowYaml.Result.Read read -> read.definition();
            case WorkflowYaml.Result.Broken broken -> throw new IllegalArgumentException(broken.toString());
        };
    }

    public static List<Phase> phases() {
        return workflow("{id: w, phases: [{id: one, run: 'true'}, {id: two, run: 'true'}]}")
                .phases();
    }

    public static ExecutionPlan plan(List<Phase> phases) {
        return plan(phases, "acme/shop");
    }

    public static ExecutionPlan plan(List<Repo> repos, List<Phase> phases) {
        return plan(repos, phases, "acme/shop");
    }

    public static ExecutionPlan plan(List<Phase> phases, String namespace) {
        Repo hello = new Repo("https://github.com/octo/hello.git", null, "repos/octo__hello");
        return plan(List.of(hello), phases, namespace);
    }

    private static ExecutionPlan plan(List<Repo> repos, List<Phase> phases, String namespace) {
        return new ExecutionPlan(
                "w",
                "W",
                1,
                "the task",
                Map.of("a", "1"),
                repos,
                phases,
                Map.of(),
                new BigDecimal("2.5"),
                null,
                ticket(namespace));
    }

    public static Ticket ticket() {
        return ticket("acme/shop");
    }

    private static Ticket ticket(String namespace) {
        return Ticket.of(namespace, "w", new Did("did:fourfold:system:trigger:nightly"), List.of());
    }

    public static AgentResult result(boolean success, String cost) {
        return new AgentResult(
                success ? 0 : 3,
                success,
                success ? null : Reason.TASK,
                success ? "done" : "last words",
                new Usage(100, 20, 3, 4),
                new BigDecimal(cost),
                List.of("strange-model"),
                Map.of("claude-haiku-4-5", new BigDecimal(cost)),
                "claude-haiku-4-5",
                5,
                1_500);
    }

    public static ExecutionEvent queued() {
        return new ExecutionEvent.Queued(ID, plan(phases()), AT);
    }

    public static ExecutionEvent started() {
        return new ExecutionEvent.Started(ID, "node", AT);
    }

    public static ExecutionEvent phaseStarted(String phase) {
        return new ExecutionEvent.PhaseStarted(ID, phase, "session-" + phase, AT);
    }

    public static ExecutionEvent workspaceReady(String phase) {
        return new ExecutionEvent.WorkspaceReady(ID, phase, "ws-" + phase, Map.of("https://x/y", "c0ffee"), AT);
    }

    public static ExecutionEvent agentFinished(String phase, boolean success, String cost) {
        return new ExecutionEvent.AgentFinished(ID, phase, result(success, cost), AT);
    }

    public static ExecutionEvent collected(String phase) {
        return new ExecutionEvent.ArtifactsCollected(
                ID, phase, List.of(new Collected("artifact-" + phase, "out.md", SHA)), SHA, AT);
    }

    public static ExecutionEvent phaseCompleted(String phase) {
        return new ExecutionEvent.PhaseCompleted(ID, phase, AT);
    }

    public static ExecutionEvent failed(String phase) {
        return new ExecutionEvent.Failed(ID, phase, Reason.TASK, 3, "last words", List.of(), AT);
    }

    public static ExecutionEvent pauseRequested() {
        return new ExecutionEvent.PauseRequested(ID, "lunch", AT);
    }

    public static ExecutionEvent paused() {
        return new ExecutionEvent.Paused(ID, "before phase one", null, AT);
    }

    /** All of a phase that goes well. */
    public static List<ExecutionEvent> whole(String phase, String cost) {
        return List.of(
                phaseStarted(phase),
                workspaceReady(phase),
                agentFinished(phase, true, cost),
                collected(phase),
                phaseCompleted(phase));
    }
}
