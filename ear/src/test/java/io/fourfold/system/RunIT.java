package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {

    private final TestServer server = TestServer.shared();

    @Test
    void helloCompletesBothPhasesWithArtifactsTokensAndCost() {
        JsonNode run = server.json(0, "run", example("hello"), "--task", "Say hello", "--json");
        assertThat(run.get("status").asText()).isEqualTo("completed");
        assertThat(run.get("phases")).hasSize(2).allSatisfy(phase -> {
            assertThat(phase.get("status").asText()).isEqualTo("completed");
            assertThat(phase.get("total_tokens").asLong()).isPositive();
        });
        assertThat(new BigDecimal(run.get("total_cost_usd").asText())).isPositive();
        assertThat(run.get("artifact_ids")).isNotEmpty().allSatisfy(id -> {
            JsonNode artifact = server.json(0, "artifact", "get", id.asText(), "--json");
            assertThat(artifact.get("content").asText()).isNotBlank();
        });
    }

    @Test
    void everyStepIsARecordInTheLog() {
        JsonNode run = server.json(0, "run", example("hello"), "--task", "Say hello", "--json");
        String thread = "th_execution." + run.get("workflow_execution_id").asText();
        JsonNode records = server.json(0, "thread", "records", thread, "--json").get("records");
        assertThat(records.findValuesAsText("kind"))
                .startsWith("execution.queued.v1", "execution.started.v1", "execution.phase_started.v1")
                .endsWith("execution.phase_completed.v1", "execution.completed.v1");
        JsonNode first =
                server.json(0, "record", "show", records.get(0).get("id").asText(), "--json");
        assertThat(first).isEqualTo(records.get(0));
    }

    @Test
    void checksRunsRealCommandsOnARealRepository(@TempDir Path folder) throws Exception {
        Git.repository(folder);
        JsonNode run = server.json(0, "run", example("checks"), "-i", "repo=" + folder, "-i", "ref=main", "--json");
        assertThat(run.get("status").asText()).isEqualTo("completed");
        String commit = Git.in(folder, "rev-parse", "HEAD");
        assertThat(run.get("phases")
                        .get(0)
                        .get("commits")
                        .get(folder.toString())
                        .asText())
                .isEqualTo(commit);
        JsonNode artifact =
                server.json(0, "artifact", "get", run.get("artifact_ids").get(0).asText(), "--json");
        assertThat(artifact.get("content").asText()).contains(commit).contains("commits:    1");
    }

    @Test
    void aFailingCommandFailsTheRunWithPhaseExitCodeAndLastLines(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                id: system-failing
                name: Failing
                phases:
                  - id: fine
                    run: echo fine
                  - id: broken
                    run: |
                      echo the last words
                      exit 7
                  - id: never
                    run: echo never
                """);
        JsonNode run = server.json(1, "run", file.toString(), "--json");
        assertThat(run.get("status").asText()).isEqualTo("failed");
        assertThat(run.get("failed_phase").asText()).isEqualTo("broken");
        assertThat(run.get("exit_code").asInt()).isEqualTo(7);
        assertThat(run.get("failure_reason").asText()).isEqualTo("task");
        assertThat(run.get("error_message").asText()).contains("the last words");
        assertThat(run.get("phases").findValuesAsText("status")).containsExactly("completed", "failed", "pending");
    }

    @Test
    void outputsArePassedOnAndArgumentsFilledIn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                id: system-passing
                name: Passing
                inputs:
                  - name: who
                phases:
                  - id: first
                    run: echo "for {{who}}" > {{workspace}}/artifacts/output/note.txt
                  - id: second
                    run: |
                      cat {{workspace}}/artifacts/input/first/note.txt
                      echo {{first}} and "$ARGUMENTS"
                """);
        String hostile = "x'; touch /tmp/fourfold-injected; '$(touch /tmp/fourfold-injected)";
        JsonNode run = server.json(0, "run", file.toString(), "-i", "who=" + hostile, "--task", "go on", "--json");
        String session = run.get("phases").get(1).get("session_id").asText();
        JsonNode lines = server.read("/api/v1/conversations/" + session).get("lines");
        assertThat(lines.findValuesAsText("raw")).containsExactly("for " + hostile, "for " + hostile + " and go on");
        assertThat(Path.of("/tmp/fourfold-injected")).doesNotExist();
    }

    @Test
    void theThreeLineSampleIsAcceptedAsItStands() {
        assertThat(server.json(0, "workflow", "validate", example("research"), "--json")
                        .get("valid")
                        .asBoolean())
                .isTrue();
        assertThat(List.of("hello", "checks", "claude-fix"))
                .allSatisfy(name -> assertThat(server.json(0, "workflow", "validate", example(name), "--json")
                                .get("valid")
                                .asBoolean())
                        .isTrue());
    }

    static String example(String name) {
        return Cli.HOME
                .resolve("examples")
                .resolve(name)
                .resolve("workflow.yaml")
                .toString();
    }
}
