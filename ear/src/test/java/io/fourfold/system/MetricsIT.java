package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the server tells machines about itself: metrics, its API, its health. */
class MetricsIT {

    /** Those of the resource classes; a new one is named here and in the document, or this test fails. */
    private static final Set<String> NOUNS = Set.of(
            "artifacts",
            "conversations",
            "costs",
            "doctor",
            "engine",
            "events",
            "executions",
            "expressions",
            "health",
            "metrics",
            "observability",
            "projections",
            "records",
            "schemas",
            "sessions",
            "settings",
            "sse",
            "threads",
            "workflows");

    private final TestServer server = TestServer.shared();

    @Test
    void everyLoopHasItsGauges() {
        HttpResponse<String> answer = server.get("/metrics?scope=application", "Accept", "text/plain");
        assertThat(answer.statusCode()).isEqualTo(200);
        for (String gauge : List.of(
                "fourfold_ingest_waiting",
                "fourfold_reconcile_lag",
                "fourfold_executions_running",
                "fourfold_executions_limit",
                "fourfold_projections_held")) {
            assertThat(answer.body().lines().filter(line -> line.startsWith(gauge)))
                    .as(gauge)
                    .singleElement()
                    .satisfies(line -> assertThat(line.substring(line.lastIndexOf(' ') + 1))
                            .satisfies(number ->
                                    assertThat(Double.parseDouble(number)).isNotNegative()));
        }
    }

    @Test
    void theApiNamesEveryPath() {
        HttpResponse<String> answer = server.get("/openapi", "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        Set<String> nouns = new TreeSet<>();
        TestServer.parse(answer.body())
                .get("paths")
                .fieldNames()
                .forEachRemaining(
                        path -> nouns.add(path.replaceFirst("^/(api/)?", "").replaceFirst("/.*", "")));
        assertThat(nouns).containsAll(NOUNS);
    }

    @Test
    void itIsAliveReadyAndStarted() {
        for (String check : List.of("live", "ready", "started")) {
            HttpResponse<String> answer = server.get("/health/" + check);
            assertThat(answer.statusCode()).as(check).isEqualTo(200);
            JsonNode health = TestServer.parse(answer.body());
            assertThat(health.get("status").asText()).isEqualTo("UP");
            assertThat(health.get("checks"))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.get("status").asText()).isEqualTo("UP"));
        }
    }

    @Test
    void theFiguresOfOneWorkflowAreItsOwn() {
        server.json(0, "run", RunIT.example("hello"), "--task", "Say hello", "--json");
        JsonNode hello = server.read("/api/v1/metrics?workflow_id=hello");
        assertThat(hello.get("phases").findValuesAsText("phase_id")).containsExactly("plan", "greet");
        assertThat(hello.get("total_artifact_bytes").asLong()).isPositive();
        assertThat(hello.get("total_workflows").asInt())
                .isEqualTo(server.read("/api/v1/executions?workflow_id=hello")
                        .get("total")
                        .asInt());
        JsonNode costs = server.read("/api/v1/costs/summary");
        assertThat(new BigDecimal(costs.at("/top_models/0/cost_usd").asText())).isPositive();
        assertThat(costs.at("/top_sessions/0/session_id").asText()).isNotEmpty();
        assertThat(server.get("/api/v1/metrics?workflow_id=no-such-workflow").statusCode())
                .isEqualTo(404);
    }
}
