package io.fourfold.orchestration.execution;

import io.fourfold.artifact.Artifact;
import io.fourfold.artifact.ContentStore;
import io.fourfold.artifact.MediaType;
import io.fourfold.kit.Ids;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Collector;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes what an agent left below {@code artifacts/output}: first the bytes into the store, then the record. */
final class Harvest {

    private final House house;
    private final ExecutionPlan plan;
    private final String executionId;
    private final Phase phase;
    private final String sessionId;

    Harvest(House house, ExecutionPlan plan, String executionId, Phase phase, String sessionId) {
        this.house = house;
        this.plan = plan;
        this.executionId = executionId;
        this.phase = phase;
        this.sessionId = sessionId;
    }

    /** What was taken; what had to be left is told to {@code left}, in words. */
    List<Collected> collect(Sandbox.Place place, Consumer<String> left) throws IOException, InterruptedException {
        List<Collected> taken = new ArrayList<>();
        Collector.Harvest found = Collector.DEFAULT.harvest(place);
        found.leftOut().forEach(left);
        for (Collector.Found file : found.files()) {
            ContentStore.Stored stored;
            try (InputStream in = file.open()) {
                stored = house.content().put(in);
            }
            String id = Ids.derived(sessionId, file.name());
            boolean primary = taken.isEmpty();
            record(new Artifact.Command.Create(id, facts(file.name(), stored, primary)));
            taken.add(new Collected(id, file.name(), stored.sha256()));
        }
        return taken;
    }

    /** Recorded already is as good: a server may have been killed since. */
    private void record(Artifact.Command.Create create) throws IOException, InterruptedException {
        Outcome<Artifact.State> outcome = house.tell(Artifact.AGGREGATE, create);
        if (outcome instanceof Outcome.Refused<Artifact.State> refused
                && refused.refusal().code() != Refusal.Code.ALREADY_EXISTS) {
            throw new IOException(
                    "An artifact cannot be recorded: " + refused.refusal().message());
        }
    }

    /** What the phase has come to, once its artifacts are collected. */
    ExecutionCommand conclusion(Progress collected) {
        AgentResult result = collected.result();
        if (!result.success()) {
            return new ExecutionCommand.Fail(
                    executionId, phase.id(), result.reason(), result.exitCode(), result.message());
        }
        List<String> there = collected.artifacts().stream().map(Collected::path).toList();
        List<String> missing = phase.outputArtifacts().stream()
                .filter(declared -> !there.contains(declared))
                .toList();
        return missing.isEmpty()
                ? new ExecutionCommand.CompletePhase(executionId, phase.id())
                : new ExecutionCommand.Fail(
                        executionId,
                        phase.id(),
                        Reason.TASK,
                        result.exitCode(),
                        "Expected the declared output " + String.join(", ", missing)
                                + " below artifacts/output, but the phase left "
                                + (there.isEmpty() ? "nothing" : String.join(", ", there)));
    }

    private Artifact.Facts facts(String path, ContentStore.Stored stored, boolean primary) {
        MediaType kind = MediaType.of(path);
        return new Artifact.Facts(
                plan.workflowId(),
                executionId,
                phase.id(),
                sessionId,
                path,
                kind.type(),
                kind.mediaType(),
                stored.sizeBytes(),
                stored.sha256(),
                primary,
                List.of());
    }
}
