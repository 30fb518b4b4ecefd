package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong is said with its place, and nothing half made is left. */
class BadInputIT {

    private final TestServer server = TestServer.shared();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unknown field       | - {id: a, run: ls, colour: red} | phases[0].colour      | 4
            missing prompt file | - {id: a, prompt_file: no.md}   | phases[0].prompt_file | 4
            path that climbs    | - {id: a, prompt_file: ../x.md} | phases[0].prompt_file | 4
            unknown placeholder | - {id: a, run: 'echo {{b}}'}    | phases[0].run         | 4
            """)
    void aWrongPhaseIsNamedWithItsPlace(String what, String phase, String field, int line) throws IOException {
        Path file = write("id: bad\nname: Bad\nphases:\n  " + phase + "\n");
        refused(file, file + ":" + line + ":", field);
    }

    @Test
    void aDuplicatePhaseIdIsNamedWithItsPlace() throws IOException {
        Path file = write("id: bad\nname: Bad\nphases:\n  - {id: a, run: ls}\n  - {id: a, run: ls}\n");
        refused(file, file + ":5:", "phases[1].id");
    }

    @Test
    void noPhasesAreRefused() throws IOException {
        refused(write("id: bad\nname: Bad\nphases: []\n"), ":3:", "phases");
    }

    @Test
    void twoMebibytesOfYamlAreRefused() throws IOException {
        Path file =
                write("id: bad\nname: Bad\ndescription: " + "x".repeat(2 << 20) + "\nphases:\n  - {id: a, run: ls}\n");
        refused(file, file + ":1:1", "1048576");
    }

    @Test
    void aBudgetOnAModelWithoutAPriceIsRefusedWithItsPlace() throws IOException {
        Path file = write(
                "id: bad\nname: Bad\nphases:\n  - {id: a, prompt: Hi, model: claude-mystery-9, max_cost_usd: 1}\n");
        refused(file, file + ":4:", "claude-mystery-9", "price");
    }

    @Test
    void aMissingFileIsNamed() {
        Cli.Result result = server.cli("run", folder.resolve("none.yaml").toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("none.yaml");
    }

    @Test
    void aMissingRequiredInputIsNamed() throws IOException {
        Path file = write("id: needs-city\nname: Bad\ninputs:\n  - name: city\nphases:\n  - {id: a, run: ls}\n");
        long before = executions();
        Cli.Result result = server.cli("run", file.toString());
        assertThat(result.exit()).isIn(2, 4);
        assertThat(result.err()).contains("city");
        assertThat(executions()).isEqualTo(before);
    }

    @Test
    void aModelWithoutAPriceIsUnpricedAndNeverGuessed() throws IOException {
        Files.writeString(folder.resolve("r.jsonl"), """
                {"type":"system","subtype":"init","session_id":"s","model":"mystery-9","tools":[]}
                {"type":"assistant","message":{"id":"m1","role":"assistant","model":"mystery-9","content":[{"type":"text","text":"Hi"}],"usage":{"input_tokens":10,"output_tokens":5}},"session_id":"s"}
                {"type":"result","subtype":"success","is_error":false,"duration_ms":5,"num_turns":1,"result":"Hi","session_id":"s","usage":{"input_tokens":10,"output_tokens":5},"modelUsage":{"mystery-9":{"inputTokens":10,"outputTokens":5,"cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":1.5}}}
                """);
        Path file = write("id: unpriced\nname: Unpriced\nphases:\n  - {id: a, agent: replay, recording: r.jsonl}\n");
        JsonNode run = server.json(0, "run", file.toString(), "--json");
        assertThat(run.get("total_cost_usd").asText()).isEqualTo("0");
        assertThat(run.get("total_tokens").asLong()).isEqualTo(15);
        assertThat(run.get("unpriced_models").get(0).asText()).isEqualTo("mystery-9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"thread":"th_x","actor":"did:a:b","act":"KNOW","body":{"a":"\\ud800"}}       | body.a
            {"thread":"th_x","actor":"did:a:b","act":"KNOW","body":{},"colour":1}          | colour
            {"thread":"th x","actor":"did:a:b","act":"KNOW","body":{}}                     | thread
            {"thread":"th_x","actor":"did:a:b","act":"KNOW","body":{"n":9007199254740993}} | body.n
            {"thread":"th_x","actor":"did:a:b","act":"KNOW","body":{"a":1,"a":2}}          | body.a
            {"thread":"th_x","actor":"did:a:b","act":"SAY","body":{}}                      | act
            """)
    void aWrongRecordIsRefusedAndItsFieldNamed(String record, String field) {
        HttpResponse<String> answer = server.post("/api/v1/records", "application/json", record);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = TestServer.parse(answer.body());
        assertThat(problem.get("code").asText()).isEqualTo("INVALID_RECORD");
        assertThat(problem.get("field").asText()).isEqualTo(field);
    }

    /** Each path of the description with this method; {@code x} stands for what it names. */
    private List<Map.Entry<String, JsonNode>> paths(String method) {
        JsonNode description = TestServer.parse(
                server.get("/openapi", "Accept", "application/json").body());
        List<Map.Entry<String, JsonNode>> paths = new ArrayList<>();
        description.get("paths").properties().forEach(path -> {
            if (path.getValue().has(method)) {
                String named = path.getKey().replaceAll("\\{[^}]*}", "x");
                paths.add(Map.entry("/api/v1" + named, path.getValue().get(method)));
            }
        });
        assertThat(paths).hasSizeGreaterThan(20);
        return paths;
    }

    private static JsonNode problem(String asked, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(asked).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type")).as(asked).hasValue("application/problem+json");
        return TestServer.parse(answer.body());
    }

    @Test
    void anOddPageIsRefusedAndNamedWhereverThereArePages() {
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : paths("get")) {
            for (String name : path.getValue().path("parameters").findValuesAsText("name")) {
                if (Set.of("page", "page_size", "limit").contains(name)) {
                    for (String odd : List.of("999999999999", "0", "-1", "x", "")) {
                        String query = path.getKey() + "?" + name + "=" + odd;
                        JsonNode problem = problem(query, server.get(query));
                        assertThat(problem.get("status").asInt()).as(query).isEqualTo(422);
                        assertThat(problem.get("detail").asText())
                                .as(query)
                                .startsWith(name + ": expected a whole number from 1 to ");
                        asked++;
                    }
                }
            }
        }
        assertThat(asked).isGreaterThan(50);
    }

    @Test
    void aNulInAQueryIsRefusedEverywhere() {
        for (Map.Entry<String, JsonNode> path : paths("get")) {
            List<String> names = path.getValue().path("parameters").findValuesAsText("name");
            String query = path.getKey() + "?" + (names.isEmpty() ? "a" : names.getLast()) + "=a%00b";
            problem(query, server.get(query));
        }
    }

    @Test
    void jsonThatIsNestedTooDeepIsRefusedWhereverThereIsABody() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        for (Map.Entry<String, JsonNode> path : paths("post")) {
            // The first takes no body at all; of the others, each item or line is answered by itself.
            if (!List.of("/api/v1/audit/tree-heads", "/api/v1/records/batch", "/api/v1/records/stream")
                    .contains(path.getKey())) {
                problem(path.getKey(), server.post(path.getKey(), "application/json", deep));
            }
        }
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("workflow.yaml"), yaml);
    }

    private void refused(Path file, String... parts) {
        long before = executions();
        Cli.Result result = server.cli("run", file.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains(parts);
        assertThat(executions()).isEqualTo(before);
        assertThat(server.get("/api/v1/workflows/bad").statusCode()).isEqualTo(404);
    }

    private long executions() {
        return server.read("/api/v1/executions?page_size=1").get("total").asLong();
    }
}
