package io.fourfold.orchestration.execution;

import io.fourfold.artifact.Artifact;
import io.fourfold.artifact.ContentStore;
import io.fourfold.artifact.MediaType;
import io.fourfold.kit.Ids;
import io.fourfold.kit.Opened;
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

    /** Artifacts that are recorded in one commit with the end of their phase. */
    private static final int TOGETHER_MAX = 500;

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

    /** What was taken into the store, and the artifacts that are to be recorded of it. */
    record Taken(List<Collected> files, List<Artifact.Command.Create> artifacts) {}

    /** What had to be left is told to {@code left}, in words. */
    Taken take(Sandbox.Place place, Consumer<String> left) throws IOException {
        List<Collected> taken = new ArrayList<>();
        List<Artifact.Command.Create> artifacts = new ArrayList<>();
        Collector.Harvest found = Collector.DEFAULT.harvest(place);
        found.leftOut().forEach(left);
        for (Collector.Found file : found.files()) {
            ContentStore.Stored stored;
            try (InputStream in = file.open()) {
                stored = house.content().put(in);
            }
            String id = Ids.derived(sessionId, file.name());
            boolean primary = taken.isEmpty();
            artifacts.add(new Artifact.Command.Create(id, facts(file.name(), stored, primary)));
            taken.add(new Collected(id, file.name(), stored.sha256()));
        }
        return new Taken(taken, artifacts);
    }

    /** To be recorded with the phase, unless there are too many for that: those are recorded now. */
    List<Opened.Step<?, ?, ?>> steps(Taken taken) throws IOException, InterruptedException {
        if (taken.artifacts().size() > TOGETHER_MAX) {
            record(taken);
            return List.of();
        }
        List<Opened.Step<?, ?, ?>> steps = new ArrayList<>();
        for (Artifact.Command.Create create : taken.artifacts()) {
            steps.add(house.commands()
                    .begin(Artifact.AGGREGATE, Artifact.AGGREGATE.thread(create), house.actor())
                    .step(create));
        }
        return steps;
    }

    /** Recorded already is as good: a server may have been killed since. */
    void record(Taken taken) throws IOException, InterruptedException {
        for (Artifact.Command.Create create : taken.artifacts()) {
            Outcome<Artifact.State> outcome = house.tell(Artifact.AGGREGATE, create);
            if (outcome instanceof Outcome.Refused<Artifact.State> refused
                    && refused.refusal().code() != Refusal.Code.ALREADY_EXISTS) {
                throw new IOException(
                        "An artifact cannot be recorded: " + refused.refusal().message());
            }
        }
    }

    /** What the phase has come to, once its artifacts are collected. */
    ExecutionCommand conclusion(AgentResult result, List<Collected> artifacts) {
        if (!result.success()) {
            return new ExecutionCommand.Fail(
                    executionId, phase.id(), result.reason(), result.exitCode(), result.message());
        }
        List<String> there = artifacts.stream().map(Collected::path).toList();
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
