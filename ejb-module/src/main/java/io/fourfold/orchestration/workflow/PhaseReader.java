package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.YamlTree.child;
import static io.fourfold.orchestration.workflow.YamlTree.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one phase. It reads what it can of a phase that does not fit the schema, so that all problems of a file come
 * out together.
 */
final class PhaseReader {

    static final String MODEL = "sonnet";

    private final YamlTree yaml;
    private final List<Problem> problems;
    private final JsonNode node;
    private final String path;
    private final String agent;
    private final PhasePrompt prompt;

    private PhaseReader(YamlTree yaml, PackageFiles files, List<Problem> problems, String path, JsonNode node) {
        this.yaml = yaml;
        this.problems = problems;
        this.path = path;
        this.node = node;
        this.agent = node.has("run") ? "command" : text("agent", "claude");
        this.prompt = PhasePrompt.read(yaml, files, problems, path, node);
    }

    /** A phase, where it stands, and where its prompt stands. */
    record Read(Phase phase, String path, Template template) {}

    static Read read(YamlTree yaml, PackageFiles files, List<Problem> problems, int index, JsonNode node) {
        PhaseReader reader = new PhaseReader(yaml, files, problems, YamlTree.item("phases", index), node);
        reader.checkAgent();
        reader.checkRecording(files);
        return new Read(reader.phase(index), reader.path, reader.prompt.template());
    }

    private Phase phase(int index) {
        String id = text("id", "");
        JsonNode cost = field(node, "max_cost_usd");
        JsonNode tokens = either("max_tokens", "max-tokens");
        return new Phase(
                id,
                text("name", id),
                field(node, "order").isNumber() ? field(node, "order").asInt() : index + 1,
                textOf(either("description", "description"), null),
                textOf(either("argument_hint", "argument-hint"), null),
                prompt.template().text(),
                agent,
                agent.equals("claude") ? textOf(either("model", "model"), MODEL) : null,
                agent.equals("replay") ? text("recording", null) : null,
                field(node, "pace").asDouble(1),
                tools(either("allowed_tools", "allowed-tools")),
                tokens.canConvertToLong() ? tokens.longValue() : null,
                either("timeout_seconds", "timeout-seconds").asInt(Phase.TIMEOUT_SECONDS),
                money(cost),
                texts(field(node, "input_artifacts")),
                texts(field(node, "output_artifacts")),
                text("execution_type", "sequential"),
                text("when", null));
    }

    private void checkAgent() {
        boolean line = node.has("run") || node.has("command");
        boolean prompted = node.has("prompt") || node.has("prompt_template") || node.has("prompt_file");
        if (node.has("run") && node.has("agent") && !text("agent", "").equals("command")) {
            problems.add(yaml.at(
                    child(path, "agent"), "expected command beside run, but was " + Shown.value(node.get("agent"))));
        } else if (agent.equals("command") && prompted && !line) {
            problems.add(
                    yaml.at(child(path, "agent"), "expected command or run with agent command, but found a prompt"));
        } else if (node.has("command") && !agent.equals("command")) {
            problems.add(
                    yaml.atKey(child(path, "command"), "expected agent: command beside it, but agent is " + agent));
        }
        if (!agent.equals("claude") && node.has("model")) {
            problems.add(yaml.atKey(
                    child(path, "model"), "expected no model, because agent " + agent + " does not choose one"));
        } else if (!agent.equals("claude") && prompt.front().has("model")) {
            problems.add(yaml.atKey(
                    child(path, "prompt_file"),
                    "expected no model in it, because agent " + agent + " does not choose one"));
        }
    }

    private void checkRecording(PackageFiles files) {
        if (!agent.equals("replay")) {
            for (String only : List.of("recording", "pace")) {
                if (node.has(only)) {
                    problems.add(
                            yaml.atKey(child(path, only), "expected agent: replay beside it, but agent is " + agent));
                }
            }
        } else if (!node.has("recording")) {
            problems.add(yaml.at(path, "expected a recording for agent replay, but there is none"));
        } else if (node.get("recording").isTextual()
                && files.find(node.get("recording").textValue(), PackageFiles.RECORDING_MAX_BYTES)
                        instanceof PackageFiles.Found.Wrong wrong) {
            problems.add(yaml.at(child(path, "recording"), wrong.message()));
        }
    }

    /** What workflow.yaml says, else what the prompt file's front matter says. */
    private JsonNode either(String name, String frontName) {
        return node.has(name) ? node.get(name) : field(prompt.front(), frontName);
    }

    private String text(String name, String otherwise) {
        return textOf(field(node, name), otherwise);
    }

    private static String textOf(JsonNode value, String otherwise) {
        return value.isTextual() ? value.textValue() : otherwise;
    }

    private static List<String> tools(JsonNode written) {
        if (!written.isTextual()) {
            return texts(written);
        }
        return Arrays.stream(written.textValue().split(","))
                .map(String::strip)
                .filter(tool -> !tool.isEmpty())
                .toList();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(item -> texts.add(item.asText()));
        }
        return texts;
    }

    private static BigDecimal money(JsonNode written) {
        if (written instanceof MissingNode || !written.isValueNode()) {
            return null;
        }
        try {
            return new BigDecimal(written.asText());
        } catch (NumberFormatException reportedBySchema) {
            return null;
        }
    }
}
