package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.YamlTree.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/**
 * Where a phase's prompt or command line comes from: exactly one of five fields; a recording may do without.
 *
 * @param front the front matter of its prompt file; without fields when there is none
 */
record PhasePrompt(Template template, JsonNode front) {

    static final List<String> WAYS = List.of("prompt", "prompt_template", "prompt_file", "run", "command");

    private static final JsonNode NO_FRONT = JsonNodeFactory.instance.objectNode();

    static PhasePrompt read(YamlTree yaml, PackageFiles files, List<Problem> problems, String path, JsonNode phase) {
        List<String> written = WAYS.stream().filter(phase::has).toList();
        if (written.isEmpty() && phase.path("agent").asText().equals("replay")) {
            return new PhasePrompt(Template.NONE, NO_FRONT);
        }
        if (written.size() != 1) {
            String found = written.isEmpty() ? "none" : String.join(" and ", written);
            String where = written.isEmpty() ? path : child(path, written.get(1));
            problems.add(
                    yaml.atKey(where, "expected exactly one of " + String.join(", ", WAYS) + ", but found " + found));
            return new PhasePrompt(Template.NONE, NO_FRONT);
        }
        String field = child(path, written.get(0));
        JsonNode value = phase.get(written.get(0));
        if (!value.isTextual()) {
            return new PhasePrompt(Template.NONE, NO_FRONT);
        }
        if (!written.get(0).equals("prompt_file")) {
            return new PhasePrompt(new Template(value.textValue(), yaml, field, field), NO_FRONT);
        }
        return file(yaml, files, problems, field, PackageFiles.promptPath(value.textValue()));
    }

    private static PhasePrompt file(
            YamlTree yaml, PackageFiles files, List<Problem> problems, String field, String path) {
        Optional<String> wrong;
        switch (files.find(path, PackageFiles.PROMPT_FILE_MAX_BYTES)) {
            case PackageFiles.Found.Wrong(String message) -> wrong = Optional.of(message);
            case PackageFiles.Found.File(byte[] bytes) -> {
                Optional<String> text = PackageFiles.text(bytes);
                if (text.isPresent()) {
                    PromptFile file = PromptFile.read(text.get(), path);
                    problems.addAll(file.problems());
                    return new PhasePrompt(
                            new Template(file.prompt(), file.front(), "", field),
                            file.front().root());
                }
                wrong = Optional.of("expected UTF-8 text, but " + path + " is something else");
            }
        }
        problems.add(yaml.at(field, wrong.get()));
        return new PhasePrompt(Template.NONE, NO_FRONT);
    }
}
