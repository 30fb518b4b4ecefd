package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyIT {

    private static final int TWINS = 8;

    private final TestServer server = TestServer.shared();

    @Test
    void aRepeatGetsTheFirstAnswerAndStartsNothing() {
        String workflow = workflow();
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = execute(workflow, key, "{}").join();
        HttpResponse<String> second = execute(workflow, key, "{}").join();
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(executions(workflow)).isEqualTo(1);
    }

    @Test
    void aKeyIsRefusedForAnotherBody() {
        String workflow = workflow();
        String key = UUID.randomUUID().toString();
        assertThat(execute(workflow, key, "{}").join().statusCode()).isEqualTo(200);
        HttpResponse<String> other =
                execute(workflow, key, "{\"task\":\"another\"}").join();
        assertThat(other.statusCode()).isEqualTo(422);
        JsonNode problem = TestServer.parse(other.body());
        assertThat(problem.get("code").asText()).isEqualTo("KEY_REUSED");
        assertThat(problem.get("detail").asText()).contains("Idempotency-Key");
        assertThat(executions(workflow)).isEqualTo(1);
    }

    @Test
    void ofTwinsAtTheSameTimeOneIsCarriedOut() {
        String workflow = workflow();
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<HttpResponse<String>>> twins = IntStream.range(0, TWINS)
                .mapToObj(i -> execute(workflow, key, "{}"))
                .toList();
        List<HttpResponse<String>> answers =
                twins.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnly(200, 409)
                .contains(200);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200)
                .extracting(HttpResponse::body)
                .containsOnly(execute(workflow, key, "{}").join().body());
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(answer -> assertThat(answer.body()).contains("IN_PROGRESS"));
        assertThat(executions(workflow)).isEqualTo(1);
    }

    private String workflow() {
        String id = "once-" + UUID.randomUUID();
        String yaml = "id: " + id + "\nphases:\n  - id: only\n    run: echo once\n";
        HttpResponse<String> made = server.post("/api/v1/workflows/from-yaml", "application/yaml", yaml);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return id;
    }

    private CompletableFuture<HttpResponse<String>> execute(String workflow, String key, String body) {
        var request = server.request(
                        "/api/v1/workflows/" + workflow + "/execute",
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        key)
                .POST(BodyPublishers.ofString(body));
        return server.http().sendAsync(request.build(), BodyHandlers.ofString());
    }

    private int executions(String workflow) {
        return server.read("/api/v1/executions?workflow_id=" + workflow)
                .get("total")
                .asInt();
    }
}
