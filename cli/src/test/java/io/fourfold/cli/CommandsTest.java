package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.cli.StubServer.Ran;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "run",
                "run a.yaml",
                "run x --nope",
                "run x -i novalue",
                "workflow",
                "workflow validate missing.yaml",
                "intend --goal g",
                "intend --thread th_x",
                "intend --thread th_x --body []",
                "intend --thread th_x --body {",
                "workflow list --url nonsense"
            })
    void wrongUsageEndsWithTwoAndAsksTheServerNothing(String line) {
        Ran ran = StubServer.command(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).isNotBlank();
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void anUnreachableServerEndsWithThree() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(StubServer.command("workflow", "list", "--url", "http://localhost:" + free)
                        .exitCode())
                .isEqualTo(3);
        Ran none = StubServer.command("workflow", "list", "--data", folder.toString());
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err()).contains("No server runs on " + folder);
    }

    @ParameterizedTest
    @CsvSource({"400, 4", "404, 4", "409, 4", "422, 4", "500, 1", "503, 3"})
    void aRefusalEndsWithFourAndSaysWhy(int status, int exitCode) {
        server.on(
                "GET /api/v1/executions/exec-1",
                status,
                "{\"code\":\"SOME_CODE\",\"detail\":\"Expected this, but that\"}");

        Ran ran = server.run("execution", "show", "exec-1", "--json");

        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.err()).contains("Expected this, but that");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aListIsATableOrTheServersDocument() throws IOException {
        String list = """
                {"executions":[{"workflow_execution_id":"exec-1","workflow_name":"Hello","status":"running",
                  "completed_phases":1,"total_phases":2,"total_tokens":1500000,"total_cost_usd":"0.0042",
                  "started_at":"2026-11-20T05:57:18.916Z"}],"total":7,"page":1,"page_size":1}
                """;
        server.on("GET /api/v1/executions?page=1&page_size=1&status=running", 200, list);

        Ran table = server.run("execution", "list", "--status", "running", "--page-size", "1");
        Ran json = server.run("execution", "list", "--status", "running", "--page-size", "1", "--json");

        assertThat(table.out().lines())
                .containsExactly(
                        "ID      WORKFLOW  STATUS   PHASES  TOKENS     COST  STARTED (UTC)",
                        "exec-1  Hello     running     1/2    1.5M  $0.0042  2026-11-20 05:57:18");
        assertThat(table.err()).contains("1 of 7");
        assertThat(ApiClient.JSON.readTree(json.out())).isEqualTo(ApiClient.JSON.readTree(list));
        assertThat(json.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workflow list | /workflows?page=1&page_size=100 | {\"workflows\":[],\"total\":0}",
                "workflow show a/b | /workflows/a%2Fb | {\"id\":\"a\",\"phases\":[]}",
                "session list --limit 2 | /sessions?limit=2 | {\"sessions\":[],\"total\":0}",
                "session show s | /sessions/s | {\"id\":\"s\"}",
                "artifact list --phase p | /artifacts?limit=50&phase_id=p | []",
                "artifact get a | /artifacts/a?include_content=true | {\"id\":\"a\"}",
                "record show r | /records/r | {\"id\":\"r\"}",
                "thread records th_x | /threads/th_x/records | {\"records\":[],\"total\":0}"
            })
    void everyReadingCommandHasAJsonForm(String command, String path, String answer) throws IOException {
        server.on("GET /api/v1" + path, 200, answer);
        String[] plain = command.strip().split(" ");
        String[] json = (command.strip() + " --json").split(" ");

        Ran ran = server.run(json);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ApiClient.JSON.readTree(ran.out())).isEqualTo(ApiClient.JSON.readTree(answer));
        if (!command.contains("get")) {
            assertThat(server.run(plain).exitCode()).isZero();
        }
    }

    @Test
    void anArtifactIsWrittenAsItIs() throws IOException {
        server.on("GET /api/v1/artifacts/a/content?raw=true", 200, "\u0001bytes\n");
        Path file = folder.resolve("out.bin");

        assertThat(server.run("artifact", "get", "a", "-o", file.toString()).exitCode())
                .isZero();
        assertThat(file).hasContent("\u0001bytes\n");
    }

    @Test
    void anIntentIsPostedAsARecord() throws IOException {
        server.on("POST /api/v1/records", 201, "{\"id\":\"abc\"}");

        Ran ran = server.run(
                "intend",
                "--thread",
                "th_release",
                "--actor",
                "did:x:y:z",
                "--to",
                "did:a:b:c",
                "--goal",
                "Ship it",
                "--body",
                "{\"domain\":\"ops\",\"cost\":0.10}");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualToIgnoringNewLines("abc");
        assertThat(ApiClient.JSON.readTree(server.asked().get(0).body()))
                .isEqualTo(
                        ApiClient.JSON.readTree(
                                "{\"act\":\"INTEND\",\"actor\":\"did:x:y:z\",\"thread\":\"th_release\",\"body\":{\"domain\":\"ops\",\"cost\":0.10,\"goal\":\"Ship it\",\"to\":\"did:a:b:c\"}}"));
    }

    @Test
    void cancellingNamesTheReason() {
        server.on(
                "POST /api/v1/executions/exec-1/cancel",
                200,
                "{\"success\":true,\"execution_id\":\"exec-1\",\"state\":\"cancelled\"}");

        Ran ran = server.run("execution", "cancel", "exec-1", "--reason", "enough");

        assertThat(ran.out()).isEqualToIgnoringNewLines("exec-1  cancelled");
        assertThat(server.asked().get(0).body()).isEqualTo("{\"reason\":\"enough\"}");
    }

    @Test
    void manyAreAskedByFilterAndOneThatRefusesFailsTheCommand() throws IOException {
        server.on("POST /api/v1/executions/bulk", 200, """
                {"accepted":1,"refused":1,"remaining":7,"results":[
                 {"execution_id":"exec-1","workflow_id":"w","success":true,"state":"cancelled"},
                 {"execution_id":"exec-2","workflow_id":"w","success":false,"state":"failed","error":"Expected …"}]}
                """);

        Ran ran = server.run("execution", "cancel", "--all", "--workflow", "w", "--status", "paused,running");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("exec-1", "exec-2", "Expected …");
        assertThat(ran.err()).contains("Done: 1, refused: 1, not asked yet: 7");
        assertThat(ApiClient.JSON.readTree(server.asked().get(0).body()))
                .isEqualTo(ApiClient.JSON.readTree(
                        "{\"verb\":\"cancel\",\"dry_run\":false,\"filter\":{\"status\":[\"paused\",\"running\"],"
                                + "\"workflow_id\":\"w\",\"repository\":null,\"started_before\":null}}"));
    }

    @Test
    void theServerOfADataFolderIsFound() throws IOException {
        server.on("GET /api/v1/workflows?page=1&page_size=100", 200, "{\"workflows\":[],\"total\":0}");
        Files.writeString(
                folder.resolve("server.json"),
                "{\"url\":\"" + server.url() + "\",\"pid\":"
                        + ProcessHandle.current().pid() + "}");

        assertThat(StubServer.command("workflow", "list", "--data", folder.toString())
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, $0.00", "0.0042, $0.0042", "0.01, $0.01", "12.345, $12.35", "x, -"})
    void moneyHasFourDecimalsBelowACent(String usd, String shown) {
        assertThat(Shown.money(usd)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 250ms", "12.34, 12.3s", "245, 4m 05s", "7800, 2h 10m"})
    void durationsAreShort(double seconds, String shown) {
        assertThat(Shown.duration(seconds)).isEqualTo(shown);
    }
}
