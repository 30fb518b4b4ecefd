package io.fourfold.orchestration.workflow;

import io.fourfold.kit.Wire;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A definition as the text of a workflow file that reads as the same definition; prompts stand in it, and what is the
 * default is left out. The same definition is always the same text.
 */
public final class WorkflowText {

    private static final int COLUMNS_MAX = 110;

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(COLUMNS_MAX)
            .setSplitLines(false)
            .build();

    private WorkflowText() {}

    public static String of(WorkflowDefinition d) {
        Group root = new Group();
        root.text("id", d.id());
        root.unless("name", d.name(), d.id());
        root.text("description", d.description());
        root.unless("type", d.type(), "custom");
        root.unless("classification", d.classification(), "standard");
        root.text("project_name", d.projectName());
        if (d.repositoryUrl() != null) {
            Group repository = new Group();
            repository.text("url", d.repositoryUrl());
            repository.unless("ref", d.repositoryRef(), "main");
            root.put("repository", repository.node());
        }
        root.texts("repos", d.repos());
        if (d.requiresRepos()) {
            root.put("requires_repos", plain(Tag.BOOL, "true"));
        }
        root.list("inputs", d.inputs().stream().map(WorkflowText::input).toList());
        if (d.concurrency() != null) {
            root.put("concurrency", concurrency(d.concurrency()));
        }
        List<Node> phases = new ArrayList<>();
        d.phases().forEach(phase -> phases.add(phase(phase, phases.size() + 1)));
        root.list("phases", phases);
        return text(root.node());
    }

    /** Fields with texts for values, in their order, as YAML; null ones are left out. */
    public static String fields(List<List<String>> fields) {
        Group group = new Group();
        fields.forEach(field -> group.text(field.get(0), field.get(1)));
        return text(group.node());
    }

    private static String text(Node node) {
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(node).iterator());
    }

    private static Node concurrency(Concurrency c) {
        Group group = new Group();
        group.text("key", c.key());
        group.number("limit", c.limit() == Concurrency.LIMIT ? null : c.limit());
        group.unless("behavior", c.behavior().name(), Concurrency.Behavior.QUEUE.name());
        return group.node();
    }

    private static Node input(WorkflowDefinition.Input input) {
        Group group = new Group();
        group.text("name", input.name());
        group.text("description", input.description());
        if (!input.required()) {
            group.put("required", plain(Tag.BOOL, "false"));
        }
        group.text("default", input.defaultValue());
        return group.node();
    }

    private static Node phase(Phase p, int place) {
        boolean command = p.agent().equals("command");
        Group group = new Group();
        group.text("id", p.id());
        group.unless("name", p.name(), p.id());
        group.number("order", p.order() == place ? null : p.order());
        group.text("description", p.description());
        group.text("argument_hint", p.argumentHint());
        group.unless("agent", command ? "claude" : p.agent(), "claude");
        group.unless("model", p.model(), PhaseReader.MODEL);
        group.text("recording", p.recording());
        group.number("pace", p.pace() == 1 ? null : p.pace());
        group.unless(command ? "run" : "prompt", p.prompt(), "");
        group.texts("allowed_tools", p.allowedTools());
        group.number("max_tokens", p.maxTokens());
        group.number("timeout_seconds", p.timeoutSeconds() == Phase.TIMEOUT_SECONDS ? null : p.timeoutSeconds());
        group.text("max_cost_usd", p.maxCostUsd() == null ? null : Wire.money(p.maxCostUsd()));
        group.texts("input_artifacts", p.inputArtifacts());
        group.texts("output_artifacts", p.outputArtifacts());
        group.unless("execution_type", p.executionType(), "sequential");
        group.text("when", p.when());
        return group.node();
    }

    private static Node plain(Tag tag, String value) {
        return new ScalarNode(tag, value, ScalarStyle.PLAIN);
    }

    private static Node string(String value) {
        return new ScalarNode(Tag.STR, value, value.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }

    /** A mapping while it is written; null and empty values are left out. */
    private static final class Group {
        private final List<NodeTuple> fields = new ArrayList<>();

        Node node() {
            return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
        }

        void put(String name, Node value) {
            fields.add(new NodeTuple(string(name), value));
        }

        void text(String name, String value) {
            if (value != null) {
                put(name, string(value));
            }
        }

        void unless(String name, String value, String otherwise) {
            text(name, otherwise.equals(value) ? null : value);
        }

        void number(String name, Number value) {
            if (value != null) {
                put(name, plain(value instanceof Double ? Tag.FLOAT : Tag.INT, value.toString()));
            }
        }

        void texts(String name, List<String> values) {
            list(name, values.stream().map(WorkflowText::string).toList());
        }

        void list(String name, List<Node> values) {
            if (!values.isEmpty()) {
                put(name, new SequenceNode(Tag.SEQ, values, FlowStyle.BLOCK));
            }
        }
    }
}
