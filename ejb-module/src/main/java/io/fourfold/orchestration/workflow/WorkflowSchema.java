package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A published JSON Schema, and the same schema checking a tree. A {@code title} in it says what is expected in that
 * place, and messages are made of it.
 */
public final class WorkflowSchema {

    static final WorkflowSchema WORKFLOW = new WorkflowSchema("workflow.schema.json");
    static final WorkflowSchema PROMPT_FILE = new WorkflowSchema("prompt-file.schema.json");
    public static final WorkflowSchema PACKAGE = new WorkflowSchema("package.schema.json");
    public static final WorkflowSchema TRIGGERS = new WorkflowSchema("triggers.schema.json");
    public static final WorkflowSchema MARKETPLACE = new WorkflowSchema("marketplace.schema.json");

    /** What is published, by its name under {@code /api/v1/schemas}. */
    private static final Map<String, WorkflowSchema> PUBLISHED = Map.of(
            "workflow.json", WORKFLOW,
            "prompt-file.json", PROMPT_FILE,
            "package.json", PACKAGE,
            "triggers.json", TRIGGERS,
            "marketplace.json", MARKETPLACE);

    private final String text;
    private final JsonNode tree;
    private final Schema schema;

    private WorkflowSchema(String resource) {
        try (InputStream in = WorkflowSchema.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            tree = new ObjectMapper().readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(tree);
    }

    /** The text of {@code workflow.json, prompt-file.json, package.json, triggers.json, marketplace.json}. */
    public static Optional<String> published(String name) {
        return Optional.ofNullable(PUBLISHED.get(name)).map(schema -> schema.text);
    }

    public static Set<String> names() {
        return new TreeSet<>(PUBLISHED.keySet());
    }

    /** What does not fit the schema, one problem for each place. */
    public List<Problem> check(YamlTree yaml) {
        Map<String, Problem> found = new LinkedHashMap<>();
        for (Error error : schema.validate(yaml.root())) {
            List<String> steps = steps(error.getInstanceLocation().toString());
            String path = path(steps);
            switch (error.getKeyword()) {
                case "required" -> {
                    String field = YamlTree.child(path, error.getProperty());
                    found.putIfAbsent(field, missing(yaml, path, field));
                }
                case "additionalProperties" -> {
                    String field = YamlTree.child(path, error.getProperty());
                    found.putIfAbsent(field, yaml.atKey(field, unknown(error.getProperty(), rule(steps))));
                }
                default -> found.putIfAbsent(path, yaml.at(path, unfit(rule(steps), yaml, steps)));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static Problem missing(YamlTree yaml, String parent, String field) {
        Problem there = yaml.at(parent, "expected a value, but it is missing");
        return new Problem(there.file(), there.line(), there.column(), field, there.message());
    }

    private static String unknown(String name, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        return "expected a known field, but was " + Shown.text(name)
                + Shown.nearest(name, known)
                        .map(near -> "; the nearest is " + near)
                        .orElse("; known are " + String.join(", ", known));
    }

    private static String unfit(JsonNode rule, YamlTree yaml, List<String> steps) {
        JsonNode value = yaml.root();
        for (String step : steps) {
            value = value.isArray() ? value.path(Integer.parseInt(step)) : value.path(step);
        }
        return "expected " + rule.path("title").asText() + ", but was " + Shown.value(value);
    }

    private JsonNode rule(List<String> steps) {
        JsonNode rule = tree;
        for (String step : steps) {
            rule = resolved(
                    rule.has("items")
                            ? rule.get("items")
                            : rule.path("properties").path(step));
        }
        return rule;
    }

    private JsonNode resolved(JsonNode rule) {
        return rule.has("$ref") ? tree.at(rule.get("$ref").textValue().substring(1)) : rule;
    }

    private static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        for (String step : pointer.split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps.subList(1, steps.size());
    }

    private String path(List<String> steps) {
        String path = "";
        for (int i = 0; i < steps.size(); i++) {
            boolean item = rule(steps.subList(0, i)).has("items");
            path = item ? YamlTree.item(path, Integer.parseInt(steps.get(i))) : YamlTree.child(path, steps.get(i));
        }
        return path;
    }
}
