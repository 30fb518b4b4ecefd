package io.fourfold.orchestration.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow as its author wrote it, checked and complete: defaults filled in, prompt files read in.
 *
 * @param phases ascending by order
 * @param concurrency how many of one key may run at once; null for no such limit
 * @param files  the package's binary companions (recordings and their workspace files): path to SHA-256 in the content
 *               store
 */
public record WorkflowDefinition(
        String id,
        String name,
        String description,
        String type,
        String classification,
        String projectName,
        String repositoryUrl,
        String repositoryRef,
        List<String> repos,
        boolean requiresRepos,
        List<Input> inputs,
        List<Phase> phases,
        Concurrency concurrency,
        Map<String, String> files) {

    public WorkflowDefinition {
        repos = List.copyOf(repos);
        inputs = List.copyOf(inputs);
        phases = List.copyOf(phases);
        files = Map.copyOf(files);
    }

    public Optional<Phase> phase(String phaseId) {
        return phases.stream().filter(p -> p.id().equals(phaseId)).findFirst();
    }

    WorkflowDefinition withFiles(Map<String, String> kept) {
        return new WorkflowDefinition(
                id,
                name,
                description,
                type,
                classification,
                projectName,
                repositoryUrl,
                repositoryRef,
                repos,
                requiresRepos,
                inputs,
                phases,
                concurrency,
                kept);
    }

    WorkflowDefinition with(Phase changed) {
        List<Phase> others = phases.stream()
                .map(p -> p.id().equals(changed.id()) ? changed : p)
                .toList();
        return new WorkflowDefinition(
                id,
                name,
                description,
                type,
                classification,
                projectName,
                repositoryUrl,
                repositoryRef,
                repos,
                requiresRepos,
                inputs,
                others,
                concurrency,
                files);
    }

    /** An input a run may or must be given; {@code defaultValue} null when there is none. */
    public record Input(String name, String description, boolean required, String defaultValue) {}
}
