package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Collected;
import io.fourfold.orchestration.workspace.ProcessSandbox;
import io.fourfold.orchestration.workspace.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeAgentTest {

    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:05:00Z");

    private final ClaudeAgent agent = new ClaudeAgent("claude", "key-1", "http://model:8080", () -> Prices.DEFAULT);

    @TempDir
    Path folder;

    @Test
    void withAllowedToolsOnlyTheseAreUsedUnasked() {
        assertThat(agent.argv(phase("sonnet", List.of("Bash(git log:*)", "Read"), null)))
                .containsExactly(
                        "claude",
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--model",
                        "sonnet",
                        "--allowedTools",
                        "Bash(git log:*)",
                        "Read");
    }

    @Test
    void withoutAllowedToolsNothingIsAskedFor() {
        assertThat(agent.argv(phase(null, List.of(), null)))
                .containsExactly(
                        "claude",
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--dangerously-skip-permissions");
    }

    @Test
    void maxTokensHoldsForEachResponse() {
        assertThat(agent.cannot(phase(null, List.of(), 4096L))).isEmpty();
        Brief brief = new Brief("exec-1", phase(null, List.of(), 4096L), "", DEADLINE, "repos/a__b", Map.of());
        Sandbox.Place place = new Sandbox.Place("ws-1", folder, "/workspace", Sandbox.Limits.DEFAULT);
        assertThat(agent.environment(brief, place))
                .containsEntry("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "4096")
                .containsEntry("FOURFOLD_REPO_DIR", "/workspace/repos/a__b");
        assertThat(agent.cannot(phase(null, List.of(), 0L))).isPresent();
    }

    @Test
    void whatOthersCannotTheySay() {
        Phase limited = phase(null, List.of("Bash"), 10L);
        assertThat(new CommandAgent().cannot(limited)).get().asString().contains("max_tokens");
        assertThat(new ReplayAgent().cannot(limited)).get().asString().contains("recording");
        assertThat(new ReplayAgent().cannot(brief(0, Map.of()).phase())).isEmpty();
        assertThat(new CommandAgent().cannot(phase(null, List.of("Bash"), null)))
                .get()
                .asString()
                .contains("allowed_tools");
        assertThat(new CommandAgent().cannot(phase(null, List.of(), null))).isEmpty();
    }

    @Test
    void theProgramGetsItsPromptAndItsSurroundings() throws Exception {
        Sandbox sandbox = ProcessSandbox.at(folder, List.of());
        Sandbox.Place place = sandbox.create("ws-1", Sandbox.Limits.DEFAULT);
        Path program = Files.writeString(place.root().resolve("claude"), """
                #!/bin/sh
                cat; echo; env | grep -E '^(FOURFOLD|ANTHROPIC|CLAUDE|IS_)' | sort; pwd
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Collected lines = new Collected();
        Brief brief = new Brief("exec-1", phase("opus", List.of(), null), "Say hello.", DEADLINE, "repos", Map.of());
        int code = new ClaudeAgent(place.path() + "/claude", "key-1", "", () -> Prices.DEFAULT)
                .start(sandbox, place, brief, lines)
                .await();
        assertThat(code).isZero();
        assertThat(lines.out())
                .filteredOn(line -> !line.startsWith("FOURFOLD_WORKSPACE"))
                .containsExactly(
                        "Say hello.",
                        "ANTHROPIC_API_KEY=key-1",
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1",
                        "FOURFOLD_EXECUTION_ID=exec-1",
                        "FOURFOLD_PHASE_DEADLINE=2026-01-01T00:05:00Z",
                        "FOURFOLD_PHASE_ID=p1",
                        "FOURFOLD_REPO_DIR=" + place.path() + "/repos",
                        "IS_SANDBOX=1",
                        place.path());
    }

    @Test
    void aCommandRunsInAShellOfThePlace() throws Exception {
        Sandbox sandbox = ProcessSandbox.at(folder, List.of());
        Sandbox.Place place = sandbox.create("ws-1", Sandbox.Limits.DEFAULT);
        Collected lines = new Collected();
        Brief brief = new Brief(
                "exec-1", phase(null, List.of(), null), "echo $FOURFOLD_PHASE_ID && exit 4", DEADLINE, null, Map.of());
        assertThat(new CommandAgent().start(sandbox, place, brief, lines).await())
                .isEqualTo(4);
        assertThat(lines.out()).containsExactly("p1");
    }

    @Test
    void agentsAreFoundByName() {
        Agents agents = new Agents(List.of(agent, new CommandAgent(), new ReplayAgent()));
        assertThat(agents.names()).containsExactly("claude", "command", "replay");
        assertThat(agents.of("claude")).isSameAs(agent);
    }

    static Brief brief(double pace, Map<String, byte[]> files) {
        Phase phase = new Phase(
                "p1",
                "p1",
                1,
                null,
                null,
                "",
                "replay",
                null,
                "recordings/one/events.jsonl",
                pace,
                List.of(),
                null,
                300,
                null,
                List.of(),
                List.of(),
                "sequential",
                null);
        return new Brief("exec-1", phase, "", DEADLINE, null, files);
    }

    private static Phase phase(String model, List<String> tools, Long maxTokens) {
        return new Phase(
                "p1",
                "p1",
                1,
                null,
                null,
                "",
                "claude",
                model,
                null,
                0,
                tools,
                maxTokens,
                300,
                null,
                List.of(),
                List.of(),
                "sequential",
                null);
    }
}
