package io.fourfold.packages;

import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A workflow as one command of Claude Code: its phases after each other in one conversation, which is then what carries
 * results from one to the next. Limits of phases and what runs beside each other have no place there.
 */
public final class ClaudeCommand {

    private static final Pattern TOKEN = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*\\}\\}");
    private static final String ARGUMENTS = "$ARGUMENTS";

    private final WorkflowDefinition definition;

    private ClaudeCommand(WorkflowDefinition definition) {
        this.definition = definition;
    }

    public static String path(String workflowId) {
        return ".claude/commands/" + workflowId + ".md";
    }

    /** A phase without words: nothing there can stand for it. */
    public static Optional<Refusal> refusal(WorkflowDefinition definition) {
        return definition.phases().stream()
                .filter(phase -> phase.prompt().isEmpty())
                .findFirst()
                .map(phase -> Refusal.of(
                        Refusal.Code.INVALID_INPUT,
                        "format: expected package, because phase " + phase.id()
                                + " replays a recording and has no prompt a command could hold"));
    }

    public static String text(WorkflowDefinition definition) {
        return new ClaudeCommand(definition).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder("---\n" + front() + "---\n\n");
        if (!definition.inputs().isEmpty()) {
            text.append("Take these inputs from: ").append(ARGUMENTS).append("\n\n");
            definition.inputs().forEach(input -> text.append(input(input)));
            text.append('\n');
        }
        String body = definition.phases().stream().map(this::phase).collect(Collectors.joining("\n\n"));
        text.append(body).append('\n');
        if (!text.toString().contains(ARGUMENTS)) {
            text.append("\n## Task\n\n").append(ARGUMENTS).append('\n');
        }
        return text.toString();
    }

    private String front() {
        List<Phase> phases = definition.phases();
        List<String> models = phases.stream().map(Phase::model).distinct().toList();
        boolean limited =
                phases.stream().noneMatch(phase -> phase.allowedTools().isEmpty());
        TreeSet<String> tools = new TreeSet<>();
        phases.forEach(phase -> tools.addAll(phase.allowedTools()));
        String hint = phases.stream()
                .map(Phase::argumentHint)
                .filter(given -> given != null && !given.isEmpty())
                .findFirst()
                .orElse(definition.inputs().stream()
                        .map(input -> "[" + input.name() + "]")
                        .collect(Collectors.joining(" ")));
        return WorkflowText.fields(List.of(
                field("description", definition.description() == null ? definition.name() : definition.description()),
                field("argument-hint", hint.isEmpty() ? null : hint),
                field("allowed-tools", limited ? String.join(", ", tools) : null),
                field("model", models.size() == 1 ? models.getFirst() : null)));
    }

    private static List<String> field(String name, String value) {
        return Arrays.asList(name, value);
    }

    private static String input(WorkflowDefinition.Input input) {
        List<String> more = new ArrayList<>();
        if (input.description() != null) {
            more.add(input.description());
        }
        if (input.defaultValue() != null) {
            more.add("else " + input.defaultValue());
        } else if (!input.required()) {
            more.add("may be left out");
        }
        return "- " + input.name() + (more.isEmpty() ? "" : ": " + String.join("; ", more)) + "\n";
    }

    private String phase(Phase phase) {
        String words = filled(phase.prompt().strip());
        if (phase.agent().equals("command")) {
            words = "Run this command and look at what it prints:\n\n```sh\n" + words + "\n```";
        }
        return definition.phases().size() == 1 ? words : "## " + phase.name() + "\n\n" + words;
    }

    private String filled(String prompt) {
        return TOKEN.matcher(prompt).replaceAll(found -> Matcher.quoteReplacement(words(found.group(1))));
    }

    private String words(String name) {
        return switch (name) {
            case "workflow_id" -> definition.id();
            case "repo_dir", "workspace" -> ".";
            default ->
                definition
                        .phase(name)
                        .map(phase -> "the result of “" + phase.name() + "”")
                        .orElse("<" + name + ">");
        };
    }
}
