package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that go to adapters: how many at once, in which order, and what a crash leaves. */
class DispatchIT {

    private static final int INTENTS = 100;
    private static final int AT_ONCE = 4;

    private static TestServer server;

    @BeforeAll
    static void up() {
        server = new TestServer(Map.of()).up();
    }

    @AfterAll
    static void down() {
        server.close();
    }

    /** Says when it begins and when it ends, one file a call. */
    private static String slow(Path folder, String seconds) {
        return "begin=$(date +%s%N); n=$(grep -o '\"n\":[0-9]*' \"$FOURFOLD_BRIEF\" | cut -d: -f2); echo $begin >> "
                + folder + "/$n.begin; sleep " + seconds + "; date +%s%N >> " + folder + "/$n.end";
    }

    private static void adapter(String name, String command) {
        var body = TestServer.JSON
                .createObjectNode()
                .put("name", name)
                .put("did", "did:x:" + name)
                .put("family", "command")
                .put("max_concurrent", 100);
        body.putArray("command").add("sh").add("-c").add(command);
        assertThat(server.post("/api/v1/config/adapter", "application/json", body.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static List<String> intend(String adapter, int intents) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < intents; n++) {
            var answer = server.post("/api/v1/records", "application/json", """
                    {"thread":"th_%s.%d","actor":"did:fourfold:user:test","act":"INTEND",
                     "body":{"goal":"wait","to":"did:x:%s","n":%d}}""".formatted(adapter, n, adapter, n));
            assertThat(answer.statusCode()).isEqualTo(201);
            ids.add(TestServer.parse(answer.body()).get("id").asText());
        }
        return ids;
    }

    private static JsonNode dispatches(String adapter, String status) {
        return server.read("/api/v1/dispatches?target=did:x:" + adapter + "&status=" + status);
    }

    private static long count(String adapter, String status) {
        return dispatches(adapter, status).get("total").asLong();
    }

    private static long moment(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).as("times of " + file.getFileName()).hasSize(1);
        return Long.parseLong(lines.getFirst());
    }

    @Test
    void aSlowAdapterHasNeverMoreThanFourAtOnceAllAreDoneAndTheOrderIsKept(@TempDir Path folder) throws Exception {
        adapter("slow", slow(folder, "0.2"));
        intend("slow", INTENTS);
        Wait.until(() -> count("slow", "succeeded") == INTENTS);
        TreeMap<Long, Integer> changes = new TreeMap<>();
        List<Long> begins = new ArrayList<>();
        for (int n = 0; n < INTENTS; n++) {
            begins.add(moment(folder.resolve(n + ".begin")));
            changes.merge(begins.getLast(), 1, Integer::sum);
            changes.merge(moment(folder.resolve(n + ".end")), -1, Integer::sum);
        }
        int running = 0;
        int most = 0;
        for (int change : changes.values()) {
            running += change;
            most = Math.max(most, running);
        }
        assertThat(most).isBetween(2, AT_ONCE);
        for (int n = AT_ONCE; n < INTENTS; n++) {
            assertThat(begins.get(n)).as("begin of " + n).isGreaterThan(begins.get(n - AT_ONCE));
        }
    }

    @Test
    void aKillInTheMiddleLeavesEachIntentWithOneCompletionAndNoneDoneTwice(@TempDir Path folder) throws Exception {
        adapter("killed", slow(folder, "0.3"));
        List<String> intents = intend("killed", 30);
        Wait.until(() -> count("killed", "succeeded") > 5);
        server.kill();
        server.up();
        Wait.until(() -> count("killed", "succeeded") + count("killed", "failed") == intents.size());
        Map<String, Integer> answers = new HashMap<>();
        for (int n = 0; n < intents.size(); n++) {
            String intent = intents.get(n);
            answers.put(intent, 0);
            Wait.until(() -> completions(intent, answers) > 0);
            assertThat(answers.get(intent)).as("completions of " + n).isEqualTo(1);
            moment(folder.resolve(n + ".begin"));
        }
        assertThat(dispatches("killed", "failed").get("dispatches"))
                .allSatisfy(failed ->
                        assertThat(failed.get("failure_reason").asText()).startsWith("interrupted"));
    }

    private static int completions(String intent, Map<String, Integer> answers) {
        JsonNode found = TestServer.parse(server.post(
                        "/api/v1/records/query",
                        "application/json",
                        "{\"filter\":{\"kind\":\"dispatch.completed.v1\",\"body.fulfills\":\"" + intent + "\"}}")
                .body());
        int completions = found.get("records").size();
        answers.put(intent, completions);
        return completions;
    }
}
