package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.StubServer.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTest {

    private static final String STARTED =
            "{\"execution_id\":\"exec-1\",\"workflow_id\":\"hello\",\"status\":\"queued\"}";
    private static final String STREAM = "/api/v1/sse/executions/exec-1";
    private static final String DONE = """
            {"workflow_execution_id":"exec-1","workflow_name":"Hello","status":"completed","total_tokens":12345,
             "total_cost_usd":"0.0141","total_duration_seconds":2.5,"artifact_ids":["a-1"],
             "phases":[{"phase_id":"plan","status":"completed","model":"haiku","total_tokens":12345,"cost_usd":"0.0141",
                        "duration_seconds":2.5,"session_id":"s-1"}]}
            """;
    private static final String FRAMES = """
            event: snapshot
            data: {"execution_id":"exec-1","status":"running","phases":[{"phase_id":"plan","status":"running"}]}

            id: 1.0
            event: state
            data: {"kind":"execution.phase_started.v1","phase_id":"plan","status":"running"}

            : heartbeat

            id: 1.1
            event: tool
            data: {"type":"tool_started","tool_name":"Write","phase_id":"plan"}

            """;
    private static final String END = """
            id: 2.1
            event: end
            data: {"kind":"execution.completed.v1","status":"completed"}

            """;

    @TempDir
    Path folder;

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode body(String what) throws IOException {
        String text = server.asked().stream()
                .filter(asked -> asked.what().equals(what))
                .reduce((first, last) -> last)
                .orElseThrow()
                .body();
        return ApiClient.JSON.readTree(text);
    }

    @Test
    void aKnownWorkflowIsStartedWithWhatWasGivenAndFollowedToItsEnd() throws Exception {
        server.on("POST /api/v1/workflows/hello/execute", 200, STARTED)
                .events("GET " + STREAM, FRAMES + END)
                .on("GET /api/v1/executions/exec-1", 200, DONE);

        Ran ran = server.run(
                "run",
                "hello",
                "--task",
                "Say hello",
                "-i",
                "a=b=c",
                "-i",
                "d=",
                "--repo",
                "o/r",
                "--max-cost",
                "0.50");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(body("POST /api/v1/workflows/hello/execute"))
                .isEqualTo(
                        ApiClient.JSON.readTree(
                                "{\"inputs\":{\"a\":\"b=c\",\"d\":\"\"},\"task\":\"Say hello\",\"repos\":[\"o/r\"],\"max_budget_usd\":0.50}"));
        assertThat(ran.out()).contains("Hello  exec-1  completed", "12.3K", "$0.01", "2.5s", "Artifact: a-1");
        assertThat(ran.err()).contains("plan phase started", "plan uses Write", "execution completed");
    }

    @Test
    void withJsonTheFinalExecutionIsTheOnlyThingOnStandardOutput() throws Exception {
        server.on("POST /api/v1/workflows/hello/execute", 200, STARTED)
                .events("GET " + STREAM, END)
                .on("GET /api/v1/executions/exec-1", 200, DONE.replace("completed\",\"total", "running\",\"total"))
                .on("GET /api/v1/executions/exec-1", 200, DONE);

        Ran ran = server.run("run", "hello", "--json");

        assertThat(ran.exitCode()).isZero();
        assertThat(ApiClient.JSON.readTree(ran.out())).isEqualTo(ApiClient.JSON.readTree(DONE));
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItWas() {
        server.events("GET " + STREAM, FRAMES)
                .events("GET " + STREAM, END)
                .on("GET /api/v1/executions/exec-1", 200, DONE);

        assertThat(server.run("watch", "exec-1").exitCode()).isZero();
        assertThat(server.asked().stream().filter(asked -> asked.what().equals("GET " + STREAM)))
                .extracting(StubServer.Asked::lastEventId)
                .containsExactly(null, "1.1");
    }

    @Test
    void aStreamThatHasNothingMoreIsOver() {
        server.on("GET " + STREAM, 204, "").on("GET /api/v1/executions/exec-1", 200, DONE);

        assertThat(server.run("watch", "exec-1").exitCode()).isZero();
    }

    @Test
    void onATerminalTheBoardIsRedrawnInPlace() {
        StringWriter err = new StringWriter();
        Screen screen = new Screen(new Output(new PrintWriter(new StringWriter()), new PrintWriter(err), true));

        screen.show(List.of("· plan", "· greet"), "not shown");
        screen.show(List.of("✓ plan", "▶ greet\u001b[31m"), "not shown");

        assertThat(err.toString())
                .isEqualTo("\u001b[?7l· plan\n· greet\n\u001b[?7h"
                        + "\u001b[?7l\u001b[2A\r\u001b[J✓ plan\n▶ greet[31m\n\u001b[?7h");
    }

    @Test
    void aFailedRunEndsWithOneAndSaysWhereAndWhy() {
        String failed = DONE.replace("\"completed\"", "\"failed\"")
                .replace("\"artifact_ids\"", "\"error_message\":\"Expected exit code 0\",\"artifact_ids\"");
        server.events("GET " + STREAM, FRAMES + """
                                id: 1.2
                                event: chunk
                                data: {"type":"stream_chunk","phase_id":"plan","stream":"err","text":"no such file\\u001b[2J"}

                                id: 2.2
                                event: end
                                data: {"kind":"execution.failed.v1","phase_id":"plan","reason":"TASK","exit_code":7,"message":"m","status":"failed"}

                                """).on("GET /api/v1/executions/exec-1", 200, failed);

        Ran ran = server.run("watch", "exec-1");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains(
                        "Execution exec-1 failed in phase plan, reason task, exit code 7",
                        "  Expected exit code 0",
                        "  | no such file[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void aFileIsSentWithTheFilesItNeedsAndNoOthers() throws Exception {
        Path file = workflow();
        server.on(
                        "POST /api/v1/workflows/validate",
                        200,
                        "{\"valid\":false,\"errors\":[\"x\"],\"needed_files\":[\"r/events.jsonl\",\"r/workspace/\",\"no.md\",\"../secret\"]}")
                .on("POST /api/v1/workflows/package", 201, "{\"id\":\"hello\"}")
                .on("POST /api/v1/workflows/hello/execute", 200, STARTED);
        Files.writeString(folder.resolve("secret"), "secret");

        Ran ran = server.run("run", file.getParent().toString(), "--detach");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualToIgnoringNewLines("exec-1");
        JsonNode sent = body("POST /api/v1/workflows/package");
        assertThat(sent.path("yaml").asText()).isEqualTo("id: hello\n");
        assertThat(sent.path("filename").asText()).isEqualTo(file.toString());
        assertThat(sent.path("files").fieldNames())
                .toIterable()
                .containsExactly("r/events.jsonl", "r/workspace/a/b.md");
        assertThat(Base64.getDecoder()
                        .decode(sent.at("/files/r~1workspace~1a~1b.md").asText()))
                .isEqualTo("b".getBytes());
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws Exception {
        Path file = workflow();
        Files.createSymbolicLink(file.resolveSibling("p.md"), Files.writeString(folder.resolve("secret"), "secret"));
        server.on("POST /api/v1/workflows/validate", 200, "{\"valid\":true,\"needed_files\":[\"p.md\"]}");

        Ran ran = server.run("run", file.toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("p.md leads out of it");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void problemsOfAFileEndWithTwoAndAreShownWithTheirPlaces() throws Exception {
        String problem = "workflow.yaml:3:5: phases[0].modle: expected a known field";
        server.on(
                        "POST /api/v1/workflows/validate",
                        200,
                        "{\"valid\":false,\"errors\":[\"" + problem + "\"],\"needed_files\":[]}")
                .on(
                        "POST /api/v1/workflows/package",
                        422,
                        "{\"code\":\"INVALID_WORKFLOW\",\"detail\":\"d\",\"errors\":[\"" + problem + "\"]}");
        String file = workflow().toString();

        for (String[] command : new String[][] {
            {"run", file}, {"run", file, "--dry-run"}, {"workflow", "validate", file}, {"workflow", "create", file}
        }) {
            Ran ran = server.run(command);
            assertThat(ran.exitCode()).as(String.join(" ", command)).isEqualTo(2);
            assertThat(ran.err()).isEqualToIgnoringNewLines(problem);
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void aDryRunStartsNothing() throws Exception {
        server.on(
                "POST /api/v1/workflows/validate",
                200,
                "{\"valid\":true,\"name\":\"Hello\",\"phase_count\":2,\"needed_files\":[]}");

        Ran ran = server.run("run", workflow().toString(), "--dry-run");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Would run Hello with 2 phases");
        assertThat(server.asked()).hasSize(1);
    }

    private Path workflow() throws IOException {
        Path home = Files.createDirectories(folder.resolve("hello"));
        Files.createDirectories(home.resolve("r/workspace/a"));
        Files.writeString(home.resolve("r/events.jsonl"), "{}");
        Files.writeString(home.resolve("r/workspace/a/b.md"), "b");
        Files.writeString(home.resolve("other.md"), "o");
        return Files.writeString(home.resolve("workflow.yaml"), "id: hello\n");
    }
}
