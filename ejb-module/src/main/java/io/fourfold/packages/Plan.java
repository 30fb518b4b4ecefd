package io.fourfold.packages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.kit.Together.Step;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Sha256;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What becomes of workflows and triggers when a package as it was becomes what it is now. Nothing is done yet; what
 * others made is left alone, and in its way is a problem.
 */
final class Plan {

    private final Content before;
    private final Function<String, Workflow.State> workflows;
    private final EngineConfig config;

    final List<Content.Part> parts = new ArrayList<>();
    final List<Content.Cue> cues = new ArrayList<>();
    final List<Step<?, ?, ?>> steps = new ArrayList<>();
    final List<Json> records = new ArrayList<>();
    final List<Report.WorkflowChange> workflowChanges = new ArrayList<>();
    final List<Report.TriggerChange> triggerChanges = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();

    /** @param before nothing for what is not installed */
    Plan(Content before, Function<String, Workflow.State> workflows, EngineConfig config) {
        this.before = before;
        this.workflows = workflows;
        this.config = config;
    }

    /** Toward what was read; without it, toward nothing. */
    void draw(List<PackageReader.Found> found, List<PackageReader.Cue> triggers) {
        found.forEach(this::workflow);
        Set<String> kept = new HashSet<>();
        parts.forEach(part -> kept.add(part.id()));
        before.workflows().stream().filter(part -> !kept.contains(part.id())).forEach(this::archive);
        triggers.forEach(cue -> trigger(cue, kept));
        before.triggers().stream()
                .filter(cue -> cues.stream().noneMatch(now -> identity(now.namespace(), now.name())
                        .equals(identity(cue.namespace(), cue.name()))))
                .forEach(this::retire);
    }

    List<String> archived() {
        return workflowChanges.stream()
                .filter(change -> change.change().equals("archived"))
                .map(Report.WorkflowChange::id)
                .toList();
    }

    List<String> retired() {
        return triggerChanges.stream()
                .filter(change -> change.change().equals("retired"))
                .map(change -> change.namespace() + "/" + change.name())
                .toList();
    }

    private void workflow(PackageReader.Found found) {
        WorkflowDefinition definition = found.definition();
        String id = definition.id();
        String hash = hash(Json.of(Wire.MAPPER.valueToTree(definition)));
        Workflow.State now = workflows.apply(id);
        Optional<Content.Part> ours = before.workflow(id);
        if (ours.filter(part -> part.sha256().equals(hash)).isPresent()) {
            long revision = ours.get().revision();
            parts.add(new Content.Part(id, found.path(), revision, hash));
            workflowChanges.add(new Report.WorkflowChange(id, now.revision(), "unchanged"));
            return;
        }
        boolean there = now.exists() && !now.archived();
        if (there && ours.isEmpty()) {
            problems.add(YamlReader.read(found.file().text(), found.path())
                    .at(
                            "id",
                            "expected an id that is free, but the server has a workflow " + id
                                    + " that is not of this package"));
        }
        boolean same = there && now.definition().equals(definition);
        long revision = same ? now.revision() : now.revision() + 1;
        parts.add(new Content.Part(id, found.path(), revision, hash));
        workflowChanges.add(
                new Report.WorkflowChange(id, revision, same ? "unchanged" : now.exists() ? "revised" : "created"));
        steps.add(new Step<>(Workflow.AGGREGATE, new Workflow.Command.Create(id, definition, true)));
    }

    private void archive(Content.Part part) {
        Workflow.State now = workflows.apply(part.id());
        workflowChanges.add(new Report.WorkflowChange(part.id(), now.revision(), "archived"));
        steps.add(new Step<>(Workflow.AGGREGATE, new Workflow.Command.Archive(part.id())));
    }

    private void trigger(PackageReader.Cue cue, Set<String> own) {
        String hash = hash(cue.body());
        boolean there = config.find(identity(cue.namespace(), cue.name())).isPresent();
        Optional<Content.Cue> ours = before.trigger(cue.namespace(), cue.name());
        if (there && ours.isEmpty()) {
            problem(cue, "expected a name that is free, but the server has a trigger of that name");
        }
        unknownWorkflow(cue, own);
        cues.add(new Content.Cue(cue.name(), cue.namespace(), hash));
        boolean same = ours.filter(known -> known.sha256().equals(hash)).isPresent();
        if (!same) {
            records.add(cue.body());
        }
        triggerChanges.add(new Report.TriggerChange(
                cue.name(), cue.namespace(), same ? "unchanged" : there ? "replaced" : "added"));
    }

    private void unknownWorkflow(PackageReader.Cue cue, Set<String> own) {
        cue.body()
                .text("workflow")
                .filter(id -> !own.contains(id))
                .filter(id ->
                        !workflows.apply(id).exists() || workflows.apply(id).archived())
                .ifPresent(id -> problem(
                        cue, "expected a workflow of this package or of the server, but there is none named " + id));
    }

    private void problem(PackageReader.Cue cue, String message) {
        Problem at = cue.place();
        problems.add(new Problem(at.file(), at.line(), at.column(), at.field(), message));
    }

    /** One that somebody removed already is gone. */
    private void retire(Content.Cue cue) {
        if (config.find(identity(cue.namespace(), cue.name())).isEmpty()) {
            return;
        }
        triggerChanges.add(new Report.TriggerChange(cue.name(), cue.namespace(), "retired"));
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("topic", Topic.TRIGGER.wireName())
                .put("name", cue.name())
                .put("removed", true);
        if (!cue.namespace().equals(Entry.DEFAULT_NAMESPACE)) {
            body.put("namespace", cue.namespace());
        }
        records.add(Json.of(body));
    }

    private static Identity identity(String namespace, String name) {
        return new Identity(Topic.TRIGGER.wireName(), namespace, name);
    }

    private static String hash(Json json) {
        return Sha256.hex(json.canonical().getBytes(StandardCharsets.UTF_8));
    }
}
