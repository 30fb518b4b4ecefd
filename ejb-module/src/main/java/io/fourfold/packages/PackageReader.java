package io.fourfold.packages;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Topic;
import io.fourfold.config.Trigger;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowSchema;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.orchestration.workflow.YamlReader;
import io.fourfold.orchestration.workflow.YamlTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and checks all of a package: what is wrong anywhere in it comes out together. */
public final class PackageReader {

    static final String WORKFLOW = "workflow.yaml";
    static final String WORKFLOWS = "workflows";
    static final String TRIGGERS = "triggers.yaml";
    static final int WORKFLOWS_MAX = 100;

    private static final String LIBRARY = "phase-library/";

    /** Easily written for what would then be passed over. */
    private static final List<String> NEAR = List.of("fourfold.yml", "workflow.yml", "triggers.yml");

    private final Registrar registrar;
    private final ConfigDesk desk;

    public PackageReader(Registrar registrar, ConfigDesk desk) {
        this.registrar = registrar;
        this.desk = desk;
    }

    /** What came of reading. */
    public sealed interface Result {

        record Read(Manifest manifest, List<Found> workflows, List<Cue> triggers) implements Result {}

        /** @param problems at least one, in order of file and line */
        record Broken(List<Problem> problems) implements Result {}
    }

    /** A workflow; {@code definition} is complete but for its files being kept. */
    public record Found(String path, Registrar.Package file, WorkflowDefinition definition) {}

    /** A trigger, the body of its record, and where it stands. */
    public record Cue(String name, String namespace, Json body, Problem place) {}

    /** @param name the package's where it has no manifest */
    public Result read(PackageTree tree, String name) {
        List<Problem> problems = new ArrayList<>();
        NEAR.stream()
                .filter(tree.files()::containsKey)
                .forEach(near -> problems.add(
                        new Problem(near, 1, 1, "", "expected the name " + near.replace(".yml", ".yaml"))));
        Manifest manifest = manifest(tree, name, problems);
        List<Found> workflows = workflows(tree, problems);
        List<Cue> triggers = triggers(tree, problems);
        return problems.isEmpty()
                ? new Result.Read(manifest, workflows, triggers)
                : new Result.Broken(problems.stream().sorted(Problem.IN_ORDER).toList());
    }

    private static Manifest manifest(PackageTree tree, String name, List<Problem> problems) {
        String text = tree.text(Manifest.FILE).orElse("{name: '" + name.replace("'", "''") + "', version: '0'}");
        return switch (Manifest.read(text)) {
            case Manifest.Result.Read read -> read.manifest();
            case Manifest.Result.Broken broken -> {
                problems.addAll(broken.problems());
                yield null;
            }
        };
    }

    private List<Found> workflows(PackageTree tree, List<Problem> problems) {
        List<String> folders = tree.folders(WORKFLOWS);
        boolean single = tree.files().containsKey(WORKFLOW);
        if (single != folders.isEmpty() || folders.size() > WORKFLOWS_MAX) {
            String was = single ? "both are there" : folders.isEmpty() ? "neither is there" : "there are more";
            problems.add(new Problem(
                    WORKFLOW,
                    1,
                    1,
                    "",
                    "expected " + WORKFLOW + ", or 1 to " + WORKFLOWS_MAX + " of " + WORKFLOWS + "/NAME/" + WORKFLOW
                            + ", but " + was));
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (String folder : single ? List.of("") : folders) {
            String base = single ? "" : WORKFLOWS + "/" + folder + "/";
            workflow(tree, base, problems).ifPresent(one -> {
                String other = places.putIfAbsent(one.definition().id(), one.path());
                if (other != null) {
                    problems.add(YamlReader.read(one.file().text(), one.path())
                            .at("id", "expected an id of its own, but " + other + " has it too"));
                }
                found.add(one);
            });
        }
        return found;
    }

    private Optional<Found> workflow(PackageTree tree, String base, List<Problem> problems) {
        String path = base + WORKFLOW;
        if (tree.text(path).isEmpty()) {
            problems.add(new Problem(path, 1, 1, "", "expected a workflow in this folder, but there is none"));
            return Optional.empty();
        }
        Map<String, byte[]> files = new HashMap<>(tree.below(LIBRARY).size());
        tree.below(LIBRARY).forEach((name, bytes) -> files.put(LIBRARY + name, bytes));
        Map<String, byte[]> own = tree.below(base);
        files.putAll(own);
        Registrar.Package file = new Registrar.Package(path, tree.text(path).get(), files);
        return switch (registrar.check(file)) {
            case WorkflowYaml.Result.Read read -> Optional.of(new Found(path, file, Registrar.complete(file, read)));
            case WorkflowYaml.Result.Broken broken -> {
                broken.problems().forEach(problem -> problems.add(placed(problem, base, own)));
                yield Optional.empty();
            }
        };
    }

    /** What a workflow's reader says of the files beside it, by their path in the package. */
    private static Problem placed(Problem problem, String base, Map<String, byte[]> own) {
        String file = own.containsKey(problem.file()) ? base + problem.file() : problem.file();
        return new Problem(file, problem.line(), problem.column(), problem.field(), problem.message());
    }

    private List<Cue> triggers(PackageTree tree, List<Problem> problems) {
        if (tree.text(TRIGGERS).isEmpty()) {
            return List.of();
        }
        YamlTree yaml = YamlReader.read(tree.text(TRIGGERS).get(), TRIGGERS);
        List<Problem> wrong = new ArrayList<>(yaml.problems());
        if (!yaml.root().isMissingNode()) {
            wrong.addAll(WorkflowSchema.TRIGGERS.check(yaml));
        }
        problems.addAll(wrong);
        List<Cue> cues = new ArrayList<>();
        for (JsonNode fields : wrong.isEmpty() ? yaml.root().path("triggers") : List.<JsonNode>of()) {
            cue(yaml, YamlTree.item("triggers", cues.size()), fields, cues, problems);
        }
        return cues;
    }

    private void cue(YamlTree yaml, String place, JsonNode fields, List<Cue> cues, List<Problem> problems) {
        String name = fields.path("name").asText();
        String namespace = fields.path("namespace").asText("default");
        Json body = null;
        try {
            switch (desk.check(Topic.TRIGGER, fields)) {
                case ConfigDesk.Checked.Refused<Trigger>(Refusal refusal) -> {
                    String field = refusal.details().getOrDefault("field", "").toString();
                    Object reason = refusal.details().getOrDefault("reason", refusal.message());
                    problems.add(yaml.at(YamlTree.child(place, field), reason.toString()));
                }
                case ConfigDesk.Checked.Valid<Trigger>(Json valid, Trigger trigger) -> body = valid;
            }
        } catch (InvalidRecord lossy) {
            problems.add(yaml.at(place, lossy.getMessage()));
        }
        if (cues.stream()
                .anyMatch(
                        other -> other.name().equals(name) && other.namespace().equals(namespace))) {
            problems.add(yaml.at(YamlTree.child(place, "name"), "expected a name of its own, but it is there twice"));
        }
        cues.add(new Cue(name, namespace, body, yaml.at(YamlTree.child(place, "name"), "")));
    }
}
