package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.Brief;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.PhaseCondition;
import io.fourfold.orchestration.workflow.Prompt;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.orchestration.workspace.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts into a new workspace what its agent starts from: repositories, and the outputs of the phases before. */
final class Provision {

    private final House house;
    private final ExecutionState state;

    Provision(House house, ExecutionState state) {
        this.house = house;
        this.state = state;
    }

    /** Fills the place; repository to the commit it stands at. */
    Map<String, String> fill(Sandbox.Place place, Seat seat) throws IOException, InterruptedException {
        for (Phase earlier : state.plan().phases()) {
            Progress progress = state.phases().get(earlier.id());
            if (progress != null && progress.outputSha256() != null) {
                copy(progress, place.input().resolve(earlier.id()));
            }
        }
        return new Checkout(house.scratch().resolve("git"), seat)
                .all(state.plan().repos(), state.commits(), place.root());
    }

    private void copy(Progress progress, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Collected file : progress.artifacts()) {
            Path target = folder.resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.write(target, content(file.sha256()));
        }
        if (progress.artifacts().isEmpty()) {
            Files.write(folder.resolve("output.md"), content(progress.outputSha256()));
        }
    }

    Brief brief(String executionId, Phase phase, Sandbox.Place place, Instant deadline) {
        ExecutionPlan plan = state.plan();
        Map<String, String> outputs = outputs();
        Prompt.Values values = new Prompt.Values(
                executionId,
                plan.workflowId(),
                plan.repos().stream().map(Repo::url).findFirst().orElse(""),
                plan.inputs(),
                outputs,
                plan.task(),
                place.path());
        Map<String, byte[]> files = new HashMap<>();
        plan.files().forEach((path, sha256) -> files.put(path, content(sha256)));
        List<String> messages = state.messages().getOrDefault(phase.id(), List.of());
        String repoFolder = plan.repos().stream().map(Repo::folder).findFirst().orElse(null);
        String prompt = Prompt.with(Prompt.assemble(phase, values), messages);
        return new Brief(executionId, phase, prompt, deadline, repoFolder, files);
    }

    private Map<String, String> outputs() {
        Map<String, String> outputs = new HashMap<>();
        state.phases().forEach((id, progress) -> {
            if (progress.outputSha256() != null) {
                outputs.put(id, new String(content(progress.outputSha256()), StandardCharsets.UTF_8));
            }
        });
        return outputs;
    }

    /**
     * Whether a condition holds on the inputs and on what the phases before came to.
     *
     * @throws io.fourfold.expression.ExpressionFailure when it cannot be evaluated
     */
    boolean holds(String when) {
        Map<String, String> outputs = outputs();
        Map<String, Object> phases = new HashMap<>();
        state.phases().forEach((id, progress) -> {
            if (progress.isDone()) {
                phases.put(
                        id,
                        Map.of(
                                "status", progress.step().name().toLowerCase(Locale.ROOT),
                                "output", outputs.getOrDefault(id, ""),
                                "artifacts",
                                        progress.artifacts().stream()
                                                .map(Collected::path)
                                                .toList()));
            }
        });
        return PhaseCondition.holds(when, Map.copyOf(state.plan().inputs()), phases);
    }

    private byte[] content(String sha256) {
        return house.content()
                .read(sha256)
                .orElseThrow(() -> new IllegalStateException("Expected content " + sha256 + " in the store"));
    }
}
