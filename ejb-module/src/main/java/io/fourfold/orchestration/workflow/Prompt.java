package io.fourfold.orchestration.workflow;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an agent is told: a description of its workspace, the phase's prompt with its placeholders filled, the task. */
public final class Prompt {

    /** An earlier phase's output is put in whole up to this size, and named by its folder beyond. */
    public static final int OUTPUT_MAX_BYTES = 64 << 10;

    private static final String PREAMBLE = """
            Your workspace is the folder %1$s. It is yours alone, and is removed when you are done.

            - %1$s/repos/: the repositories of this run, each in a folder owner__name. Changes to them are not kept.
            - %1$s/artifacts/input/<phase>/: what the earlier phases of this run left.
            - %1$s/artifacts/output/: write every file that is a result here. All of it is kept.
            """;

    private Prompt() {}

    /**
     * What placeholders stand for.
     *
     * @param repoUrl   the first repository's, empty when there is none
     * @param outputs   the output of each earlier phase by its id
     * @param task      null when none was given
     * @param workspace the workspace as the agent sees it, {@code /workspace} where it is sealed
     */
    public record Values(
            String executionId,
            String workflowId,
            String repoUrl,
            Map<String, String> inputs,
            Map<String, String> outputs,
            String task,
            String workspace) {

        public Values {
            inputs = Map.copyOf(inputs);
            outputs = Map.copyOf(outputs);
        }

        String of(String name) {
            return switch (name) {
                case Placeholders.EXECUTION_ID -> executionId;
                case Placeholders.WORKFLOW_ID -> workflowId;
                case Placeholders.REPO_URL -> repoUrl;
                case Placeholders.REPO_DIR -> repoUrl.isEmpty() ? "" : workspace + "/" + Repositories.folder(repoUrl);
                case Placeholders.WORKSPACE -> workspace;
                case Placeholders.ARGUMENTS -> task == null ? "" : task;
                default -> inputs.containsKey(name) ? inputs.get(name) : output(name);
            };
        }

        private String output(String phaseId) {
            String output = outputs.getOrDefault(phaseId, "");
            int bytes = output.getBytes(StandardCharsets.UTF_8).length;
            return bytes <= OUTPUT_MAX_BYTES
                    ? output
                    : "(The output of phase %s has %d bytes. It is in %s/artifacts/input/%s/.)"
                            .formatted(phaseId, bytes, workspace, phaseId);
        }
    }

    /** The whole prompt; for agent {@code command} the command line alone, see {@link CommandLine}. */
    public static String assemble(Phase phase, Values values) {
        if (phase.agent().equals("command")) {
            return CommandLine.assemble(phase.prompt(), values);
        }
        String prompt = Placeholders.fill(phase.prompt(), values::of);
        boolean append = values.task() != null && !Placeholders.mentionArguments(phase.prompt());
        return PREAMBLE.formatted(values.workspace()) + "\n" + prompt
                + (append ? "\n\nThe task: " + values.task() : "");
    }

    /** A prompt with what people had to say to its agent since the execution was started. */
    public static String with(String prompt, List<String> messages) {
        return prompt
                + messages.stream()
                        .map(said -> "\n\nA message from who watches this run: " + said)
                        .collect(joining());
    }
}
