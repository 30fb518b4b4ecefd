package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.YamlTree.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads and checks a workflow file. What it accepts is carried out in whole; what it refuses, it refuses all at once.
 */
public final class WorkflowYaml {

    private final Function<Phase, Optional<String>> cannot;

    /** @param cannot what a phase asks for and its provider cannot do, in words; empty when it can do all */
    public WorkflowYaml(Function<Phase, Optional<String>> cannot) {
        this.cannot = cannot;
    }

    /** What came of reading. */
    public sealed interface Result {

        /**
         * @param definition its {@code files} are empty: who keeps them fills them in
         * @param used       the package's files that were read
         */
        record Read(WorkflowDefinition definition, Set<String> used) implements Result {}

        /** @param problems at least one, in order of file and line */
        record Broken(List<Problem> problems) implements Result {}
    }

    /** @param files the package's files by path relative to the workflow file */
    public Result read(String text, String fileName, Function<String, Optional<byte[]>> files) {
        YamlTree yaml = YamlReader.read(text, fileName);
        if (yaml.root().isMissingNode()) {
            return new Result.Broken(yaml.problems());
        }
        List<Problem> problems = new ArrayList<>(yaml.problems());
        problems.addAll(WorkflowSchema.WORKFLOW.check(yaml));
        PackageFiles packaged = new PackageFiles(files);
        List<PhaseReader.Read> phases = new ArrayList<>();
        for (JsonNode phase : listOf(field(yaml.root(), "phases"))) {
            phases.add(PhaseReader.read(yaml, packaged, problems, phases.size(), phase));
        }
        problems.addAll(WorkflowChecks.check(yaml, phases));
        if (problems.isEmpty()) {
            phases.forEach(
                    read -> cannot.apply(read.phase()).ifPresent(words -> problems.add(yaml.at(read.path(), words))));
        }
        return problems.isEmpty()
                ? new Result.Read(definition(yaml.root(), phases), packaged.used())
                : new Result.Broken(inOrder(problems, fileName));
    }

    /**
     * The files of the package that a workflow needs, as far as its text says; a folder ends with a slash. Empty for a
     * text that is not YAML.
     */
    public static List<String> neededFiles(String text) {
        Set<String> needed = new TreeSet<>();
        for (JsonNode phase :
                listOf(field(YamlReader.read(text, "workflow.yaml").root(), "phases"))) {
            String prompt = PackageFiles.promptPath(phase.path("prompt_file").asText(""));
            String recording = phase.path("recording").asText("");
            if (!prompt.isEmpty() && PackageFiles.wrong(prompt).isEmpty()) {
                needed.add(prompt);
            }
            if (!recording.isEmpty() && PackageFiles.wrong(recording).isEmpty()) {
                needed.add(recording);
                needed.add(PackageFiles.workspaceOf(recording));
            }
        }
        return List.copyOf(needed);
    }

    /** One problem for each place: the first found says most. */
    private static List<Problem> inOrder(List<Problem> problems, String fileName) {
        Comparator<Problem> workflowFirst =
                Comparator.comparing(problem -> !problem.file().equals(fileName));
        Map<String, Problem> firsts = new LinkedHashMap<>();
        for (Problem problem : problems) {
            firsts.putIfAbsent(
                    problem.file() + ":" + problem.line() + ":" + problem.column() + ":" + problem.field(), problem);
        }
        return firsts.values().stream()
                .sorted(workflowFirst.thenComparing(Problem.IN_ORDER))
                .toList();
    }

    private static Iterable<JsonNode> listOf(JsonNode node) {
        return node.isArray() ? node : List.of();
    }

    private static WorkflowDefinition definition(JsonNode root, List<PhaseReader.Read> read) {
        String id = root.get("id").textValue();
        JsonNode repository = field(root, "repository");
        List<WorkflowDefinition.Input> inputs = new ArrayList<>();
        for (JsonNode input : listOf(field(root, "inputs"))) {
            inputs.add(new WorkflowDefinition.Input(
                    input.get("name").textValue(),
                    input.path("description").textValue(),
                    input.path("required").asBoolean(true),
                    input.has("default") ? input.get("default").asText() : null));
        }
        return new WorkflowDefinition(
                id,
                root.path("name").asText(id),
                root.path("description").textValue(),
                root.path("type").asText("custom"),
                root.path("classification").asText("standard"),
                root.path("project_name").textValue(),
                repository.path("url").textValue(),
                repository.isObject() ? repository.path("ref").asText("main") : null,
                PhaseReader.texts(field(root, "repos")),
                root.path("requires_repos").asBoolean(false),
                inputs,
                phases(read.stream().map(PhaseReader.Read::phase).toList()),
                concurrency(field(root, "concurrency"), id),
                Map.of());
    }

    private static Concurrency concurrency(JsonNode group, String id) {
        return group.isMissingNode()
                ? null
                : new Concurrency(
                        group.path("key").asText(id),
                        group.path("limit").asInt(Concurrency.LIMIT),
                        Concurrency.Behavior.valueOf(group.path("behavior").asText("QUEUE")));
    }

    private static List<Phase> phases(List<Phase> written) {
        return written.stream()
                .sorted(Comparator.comparingInt(Phase::order))
                .map(phase -> Artifacts.settled(phase, written))
                .toList();
    }
}
