package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server and its database are killed, not stopped. */
class CrashIT {

    private static final TestServer SERVER =
            new TestServer(Map.of("FOURFOLD_WORKSPACE_BACKEND", "process", "FOURFOLD_EXECUTIONS_LOST_RETRIES", "1"));

    /** Also what a failed test left dead. */
    @BeforeEach
    void up() {
        SERVER.up();
    }

    @AfterAll
    static void down() {
        SERVER.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndAnAgentAtWorkIsGoneOnWith(@TempDir Path folder) throws Exception {
        String id = run(folder, "i=0; while [ $i -lt 150 ]; do i=$((i+1)); echo line $i; sleep 0.1; done");
        List<String> acknowledged = write(50);
        SERVER.kill();
        SERVER.up();
        assertThat(acknowledged).allSatisfy(record -> assertThat(
                        SERVER.get("/api/v1/records/" + record).statusCode())
                .isEqualTo(200));
        Wait.until(() -> !state(id).equals("running"));
        assertThat(state(id)).isEqualTo("completed");
        assertThat(chunks(id))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 150).mapToObj(i -> "line " + i).toList());
        assertThat(SERVER.read("/api/v1/doctor").get("healthy").asBoolean()).isTrue();
    }

    @Test
    void anAgentThatIsGoneInterruptsItsExecutionWhichIsTriedAgainByRule(@TempDir Path folder) throws Exception {
        String seconds = Integer.toString(100_000 + new Random().nextInt(100_000));
        String id = run(folder, "echo begun; sleep " + seconds);
        SERVER.kill();
        killAll("sleep " + seconds);
        SERVER.up();
        Wait.until(() -> kinds(id).contains("execution.retried.v2"));
        assertThat(kinds(id)).contains("execution.interrupted.v2");
        Wait.until(() -> chunks(id).size() == 2);
        assertThat(state(id)).isEqualTo("running");
        SERVER.kill();
        killAll("sleep " + seconds);
        SERVER.up();
        Wait.until(() -> state(id).equals("interrupted"));
        JsonNode shown = SERVER.json(0, "execution", "show", id, "--json");
        assertThat(shown.get("phases").get(0).get("status").asText()).isEqualTo("interrupted");
        assertThat(shown.get("error_message").asText()).contains("went away");
    }

    @Test
    void aHeldAgentUsesNothingWhileTheServerIsKilledAndComesToTheSameEnd(@TempDir Path folder) throws Exception {
        String id = run(folder, "i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; sleep 0.1; done");
        assertThat(SERVER.post("/api/v1/executions/" + id + "/pause", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        Wait.until(() -> state(id).equals("paused"));
        SERVER.kill();
        SERVER.up();
        int held = chunks(id).size();
        Thread.sleep(2_000);
        assertThat(state(id)).isEqualTo("paused");
        assertThat(chunks(id)).hasSize(held).hasSizeLessThan(60);
        assertThat(SERVER.post("/api/v1/executions/" + id + "/resume", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        Wait.until(() -> state(id).equals("completed"));
        assertThat(chunks(id)).hasSize(60).doesNotHaveDuplicates();
    }

    private static String run(Path folder, String command) throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                id: system-slow
                name: Slow
                phases:
                  - id: slow
                    run: %s
                """.formatted(command));
        String id = SERVER.json(0, "run", file.toString(), "--detach", "--json")
                .get("execution_id")
                .asText();
        Wait.until(() -> !chunks(id).isEmpty());
        return id;
    }

    private static List<String> chunks(String execution) {
        List<String> lines = new ArrayList<>();
        SERVER.read("/api/v1/events/recent?event_type=stream_chunk&limit=500")
                .get("events")
                .forEach(event -> {
                    if (event.path("execution_id").asText().equals(execution)) {
                        lines.add(event.path("data").path("text").asText());
                    }
                });
        return lines.reversed();
    }

    private static List<String> kinds(String execution) {
        List<String> kinds = new ArrayList<>();
        SERVER.read("/api/v1/executions/" + execution + "/records")
                .findValues("kind")
                .forEach(kind -> kinds.add(kind.asText()));
        return kinds;
    }

    /** Processes that run exactly this, which nobody else does. */
    private static void killAll(String command) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(command))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aKilledDatabaseComesBackByItself() throws Exception {
        List<String> before = write(10);
        kill(SERVER.file().get("database_pid").asLong());
        Wait.until(() -> SERVER.get("/health/ready").statusCode() == 200
                && SERVER.post("/api/v1/records", "application/json", record(0)).statusCode() == 201);
        assertThat(before).allSatisfy(record -> assertThat(
                        SERVER.get("/api/v1/records/" + record).statusCode())
                .isEqualTo(200));
    }

    private static List<String> write(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var answer = SERVER.post("/api/v1/records", "application/json", record(i));
            assertThat(answer.statusCode()).isEqualTo(201);
            ids.add(TestServer.parse(answer.body()).get("id").asText());
        }
        return ids;
    }

    private static String record(int n) {
        return """
                {"thread":"th_crash","actor":"did:fourfold:user:test","act":"KNOW","body":{"n":%d}}""".formatted(n);
    }

    private static String state(String execution) {
        return SERVER.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
        Wait.until(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    }
}
