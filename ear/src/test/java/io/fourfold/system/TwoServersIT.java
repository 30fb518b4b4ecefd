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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database and one shared folder. */
@Timeout(300)
class TwoServersIT {

    @Test
    void whatRanOnAServerThatDiedGoesOnOnTheOtherOneAndNothingTwice(@TempDir Path shared) throws Exception {
        Map<String, String> common =
                Map.of("FOURFOLD_WORKSPACE_BACKEND", "process", "FOURFOLD_SHARED", shared.toString());
        try (TestServer first = new TestServer(with(common, Map.of("FOURFOLD_NODE", "first")))) {
            first.up();
            Psql database = Psql.of(first);
            assertThat(namesake(database, common)).contains("fourfold.node: expected a name that no other server");
            try (TestServer second = new TestServer(with(
                    common,
                    Map.of(
                            "FOURFOLD_NODE",
                            "second",
                            "FOURFOLD_DB_USER",
                            "postgres",
                            "FOURFOLD_DB_PASSWORD",
                            database.password())))) {
                Path file = Files.writeString(shared.resolve("workflow.yaml"), """
                        id: system-two
                        phases:
                          - id: slow
                            run: |
                              touch {{workspace}}/wanted
                              i=0; while [ -e {{workspace}}/wanted ]; do i=$((i+1)); echo line $i; sleep 0.3; done
                        """);
                String id = first.json(0, "run", file.toString(), "--detach", "--json")
                        .get("execution_id")
                        .asText();
                Wait.until(() -> !chunks(first, id).isEmpty());
                second.up("--db", database.url());
                first.kill();
                Wait.until(() -> "second".equals(database.text("select node from work_queue where id = '" + id + "'")));
                int before = chunks(second, id).size();
                Wait.until(() -> chunks(second, id).size() > before);
                Files.delete(found(shared, "wanted"));
                Wait.until(() -> !state(second, id).equals("running"));
                assertThat(state(second, id)).isEqualTo("completed");
                List<String> lines = chunks(second, id);
                assertThat(lines)
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, lines.size())
                                .mapToObj(i -> "line " + i)
                                .toList());
                first.up();
                assertThat(kinds(first, id)).doesNotHaveDuplicates().contains("execution.completed.v1");
            }
        }
    }

    /** What another server says that is called as the first. */
    private static String namesake(Psql database, Map<String, String> common) {
        Map<String, String> own = Map.of(
                "FOURFOLD_NODE", "first",
                "FOURFOLD_DB_USER", "postgres",
                "FOURFOLD_DB_PASSWORD", database.password());
        try (TestServer server = new TestServer(with(common, own))) {
            return server.refused("--db", database.url());
        }
    }

    private static Path found(Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private static Map<String, String> with(Map<String, String> common, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(common);
        all.putAll(own);
        return all;
    }

    private static String state(TestServer server, String execution) {
        return server.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }

    private static List<String> chunks(TestServer server, String execution) {
        List<String> lines = new ArrayList<>();
        server.read("/api/v1/events/recent?event_type=stream_chunk&limit=500")
                .get("events")
                .forEach(event -> {
                    if (event.path("execution_id").asText().equals(execution)) {
                        lines.add(event.path("data").path("text").asText());
                    }
                });
        return lines.reversed();
    }

    private static List<String> kinds(TestServer server, String execution) {
        JsonNode records = server.read("/api/v1/executions/" + execution + "/records");
        return records.findValuesAsText("kind");
    }
}
