package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the published contract, called with real ids, answers with all that the contract names. */
class ContractIT {

    /** What this version does not have; who adds one takes its row out, or a test here fails. */
    private static final List<String> NOT_IMPLEMENTED =
            List.of("/webhooks", "/github", "/organizations", "/systems", "/repos", "/artifacts/{artifact_id}/upload");

    /** There, but not yet as the contract has it: its triggers are those of GitHub, which does not come in yet. */
    private static final String OTHERWISE = "/triggers";

    private static final Map<String, String> BODIES = Map.of(
            "POST /workflows", """
                    {"id": "%s", "name": "Made by the contract", "requires_repos": false,
                     "phases": [{"phase_id": "only", "name": "Only", "prompt_template": "Say hello"}]}""",
            "POST /workflows/validate", "{\"content\": \"id: x\\nphases:\\n  - id: a\\n    run: echo\\n\"}",
            "POST /workflows/from-yaml", "id: %s\nphases:\n  - id: only\n    run: echo hello\n",
            "PUT /workflows/{workflow_id}/phases/{phase_id}", "{\"prompt_template\": \"Say more\"}",
            "POST /executions/{execution_id}/inject", "{\"message\": \"Mind the gap\"}",
            "PUT /artifacts/{artifact_id}", "{\"title\": \"Another title\"}",
            "POST /artifacts",
                    "{\"workflow_id\": \"hello\", \"artifact_type\": \"report\", \"title\": \"T\", \"content\": \"C\"}");

    private final TestServer server = TestServer.shared();
    private final List<String> started = new ArrayList<>();
    private Contract contract;

    @BeforeEach
    void readContract() {
        contract = new Contract(Shared.file("contracts/orchestration-api.json"));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationAnswersAsTheContractSays() {
        Map<String, String> ids = hello();
        return contract.operations().stream()
                .filter(operation -> !missing(operation) && !operation.path().startsWith(OTHERWISE))
                .map(operation -> dynamicTest(operation.toString(), () -> check(operation, new HashMap<>(ids))));
    }

    @Test
    void whatIsImplementedIsDescribedAndNothingElse() {
        JsonNode document = TestServer.parse(
                server.get("/openapi", "Accept", "application/json").body());
        Set<String> described = new Contract(document)
                .shapes().stream()
                        .map(shape -> shape.replaceFirst(" /api(?=/)", " "))
                        .collect(Collectors.toSet());
        assertThat(contract.operations().stream()
                        .filter(operation -> !operation.path().startsWith(OTHERWISE)))
                .allSatisfy(operation -> assertThat(described.contains(operation.shape()))
                        .as("%s is in /openapi", operation)
                        .isEqualTo(!missing(operation)));
    }

    private static boolean missing(Contract.Operation operation) {
        return NOT_IMPLEMENTED.stream().anyMatch(operation.path()::startsWith);
    }

    private void check(Contract.Operation operation, Map<String, String> ids) throws Exception {
        prepare(operation, ids);
        try {
            call(operation, ids);
        } finally {
            started.forEach(id -> post("/api/v1/executions/" + id + "/cancel", "{\"force\": true}"));
            started.clear();
        }
    }

    private void call(Contract.Operation operation, Map<String, String> ids) throws Exception {
        String path = operation.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        assertThat(path).doesNotContain("{");
        String type = path.endsWith("from-yaml") ? "application/yaml" : "application/json";
        String body = BODIES.getOrDefault(operation.toString(), "").formatted("contract-" + UUID.randomUUID());
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = server.request("/api/v1" + path, "Content-Type", type).method(operation.method(), publisher);
        if (operation.streams()) {
            assertThat(opens(request.header("Accept", "text/event-stream").build()))
                    .startsWith("text/event-stream");
            return;
        }
        HttpResponse<String> answer = server.http().send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(operation.status());
        assertThat(contract.differences(operation, TestServer.parse(answer.body())))
                .isEmpty();
    }

    /** What changes or stops a thing gets one of its own; a pause takes effect between phases. */
    private void prepare(Contract.Operation operation, Map<String, String> ids) {
        boolean control = operation.path().matches("/executions/\\{execution_id}/(pause|resume|cancel|inject)");
        if (control || operation.path().endsWith("/active")) {
            ids.put("workflow_id", workflow("sleep 5\n  - id: later\n    " + later(operation)));
            ids.put("execution_id", running(ids.get("workflow_id")));
        } else if (!operation.method().equals("GET") || operation.path().equals("/workflows/{workflow_id}")) {
            ids.put("workflow_id", workflow("echo hello"));
            ids.put("phase_id", "only");
        }
        if (operation.path().endsWith("/resume")) {
            post("/api/v1/executions/" + ids.get("execution_id") + "/pause", "");
            Wait.until(() -> state(ids.get("execution_id")).equals("paused"));
        }
        if (operation.method().equals("DELETE") && operation.path().startsWith("/artifacts")) {
            ids.put(
                    "artifact_id",
                    post("/api/v1/artifacts", BODIES.get("POST /artifacts"))
                            .get("id")
                            .asText());
        }
    }

    /** A message is for an agent with a model. */
    private static String later(Contract.Operation operation) {
        return operation.path().endsWith("/inject") ? "prompt: Say hello" : "run: sleep 60";
    }

    private Map<String, String> hello() {
        JsonNode run = server.json(0, "run", RunIT.example("hello"), "--task", "Say hello", "--json");
        return Map.of(
                "workflow_id", "hello",
                "phase_id", "plan",
                "execution_id", run.get("workflow_execution_id").asText(),
                "session_id", run.get("phases").get(0).get("session_id").asText(),
                "artifact_id", run.get("artifact_ids").get(0).asText());
    }

    private String workflow(String line) {
        String id = "contract-" + UUID.randomUUID();
        String yaml = "id: " + id + "\ninputs:\n  - name: who\n    default: you\nphases:\n  - id: only\n    run: "
                + line + "\n";
        assertThat(server.post("/api/v1/workflows/from-yaml", "application/yaml", yaml)
                        .statusCode())
                .isEqualTo(201);
        return id;
    }

    private String running(String workflow) {
        String id = post("/api/v1/workflows/" + workflow + "/execute", "{}")
                .get("execution_id")
                .asText();
        started.add(id);
        Wait.until(() -> state(id).equals("running"));
        return id;
    }

    private String state(String execution) {
        return server.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }

    private JsonNode post(String path, String body) {
        return TestServer.parse(server.post(path, "application/json", body).body());
    }

    private String opens(java.net.http.HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = server.http().send(request, BodyHandlers.ofInputStream());
        answer.body().close();
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Content-Type").orElse("none");
    }
}
