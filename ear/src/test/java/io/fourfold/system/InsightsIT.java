package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real executions come to on a repository that they name in an input. */
class InsightsIT {

    private final TestServer server = TestServer.shared();

    @Test
    void executionsAreToldOfByTheRepositoryThatTheyName(@TempDir Path folder) throws IOException {
        String repository = "octo/insights-" + System.nanoTime();
        Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                id: insights-it
                name: Insights
                inputs:
                  - name: repo
                  - name: code
                phases:
                  - id: only
                    run: exit {{code}}
                """);
        run(file, repository, 0, 0);
        run(file, "https://github.com/" + repository + ".git", 7, 1);

        JsonNode health = server.json(0, "insights", "health", "--repository", repository, "--json");
        assertThat(health.path("overall_status").asText()).isEqualTo("degraded");
        JsonNode only = health.path("repos").path(0);
        assertThat(only.path("repo_full_name").asText()).isEqualTo(repository);
        assertThat(only.path("success_rate").asDouble()).isEqualTo(0.5);
        assertThat(only.path("total_executions").asInt()).isEqualTo(2);
        assertThat(only.path("last_execution_at").asText()).startsWith("20");

        JsonNode failures = server.read("/api/v1/insights/failures?repository=" + repository);
        assertThat(failures.path("total").asInt()).isEqualTo(1);
        assertThat(failures.path("failures").path(0).path("exit_code").asInt()).isEqualTo(7);
        assertThat(failures.path("failures").path(0).path("phase_name").asText())
                .isEqualTo("only");
        JsonNode activity = server.read("/api/v1/insights/activity?repository=" + repository);
        assertThat(activity.path("total").asInt()).isEqualTo(2);
        assertThat(activity.findValuesAsText("trigger_source")).containsOnly("input");

        JsonNode cost = server.json(0, "insights", "cost", "--repository", repository, "--json");
        assertThat(cost.path("execution_count").asInt()).isEqualTo(2);
        assertThat(cost.path("cost_by_repo").has(repository)).isTrue();
        assertThat(cost.path("cost_by_workflow").has("insights-it")).isTrue();
        JsonNode days = server.read("/api/v1/insights/contribution-heatmap?metric=executions&repository=" + repository);
        assertThat(days.path("total").asInt()).isEqualTo(2);
        assertThat(days.path("days")).hasSize(366);
        assertThat(days.path("days").path(365).path("breakdown").path("failed").asInt())
                .isEqualTo(1);

        assertThat(server.cli("insights", "overview").out()).contains("repositories ");
        assertThat(server.cli("insights", "health").out()).contains(repository);
        assertThat(server.cli("insights", "cost").out()).contains("workflow", "insights-it");
        assertThat(server.cli("insights", "activity").out()).contains("Insights", repository);
        assertThat(server.cli("insights", "failures").out()).contains("task");
    }

    private void run(Path file, String repository, int code, int exit) {
        Cli.Result run = server.cli("run", file.toString(), "-i", "repo=" + repository, "-i", "code=" + code);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedByName() {
        assertThat(server.get("/api/v1/insights/health?days=0").body()).contains("days: expected 1 to 365");
        assertThat(server.get("/api/v1/insights/contribution-heatmap?metric=lines")
                        .body())
                .contains("metric: expected one of [sessions, executions, tokens, cost_usd]");
        assertThat(server.get("/api/v1/insights/contribution-heatmap?start_date=2020-01-01")
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.get("/api/v1/insights/cost?system_id=sys-none").statusCode())
                .isEqualTo(404);
        assertThat(server.read("/api/v1/insights/health?repository=octo/nobody")
                        .path("overall_status")
                        .asText())
                .isEqualTo("inactive");
    }
}
