package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.orchestration.workflow.YamlTree.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A prompt in a file of its own, with YAML between {@code ---} lines before it or without.
 *
 * @param front where its front matter stands; the empty path is where the prompt starts
 */
record PromptFile(YamlTree front, String prompt, List<Problem> problems) {

    private static final String FENCE = "---";

    static PromptFile read(String text, String file) {
        List<String> lines = text.lines().toList();
        boolean fenced = !lines.isEmpty() && lines.get(0).stripTrailing().equals(FENCE);
        int end = fenced ? closing(lines) : 0;
        if (end < 0) {
            Problem open = new Problem(file, 1, 1, "", "expected a second line of ---, but there is none");
            return new PromptFile(plain(file, lines, 1), "", List.of(open));
        }
        String prompt = String.join("\n", lines.subList(fenced ? end + 1 : 0, lines.size()))
                .strip();
        YamlTree front = plain(file, lines, fenced ? end + 2 : 1);
        List<Problem> problems = new ArrayList<>();
        if (fenced && lines.subList(1, end).stream().anyMatch(line -> !line.isBlank())) {
            YamlTree read = YamlReader.read(String.join("\n", lines.subList(1, end)), file, 1);
            problems.addAll(read.problems());
            problems.addAll(read.root().isMissingNode() ? List.of() : WorkflowSchema.PROMPT_FILE.check(read));
            front = new YamlTree(file, lines, read.root(), front.values(), read.keys(), List.of());
        }
        if (prompt.isEmpty()) {
            problems.add(front.at("", "expected a prompt, but it is empty"));
        }
        return new PromptFile(front, prompt, problems);
    }

    private static int closing(List<String> lines) {
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().equals(FENCE)) {
                return i;
            }
        }
        return -1;
    }

    private static YamlTree plain(String file, List<String> lines, int promptLine) {
        Spot start = new Spot(Math.min(promptLine, Math.max(1, lines.size())), 1);
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        return new YamlTree(file, lines, nothing, Map.of("", start), Map.of(), List.of());
    }
}
