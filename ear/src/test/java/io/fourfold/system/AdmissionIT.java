package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, who waits and what for, through REST, the command line and the dashboard. */
class AdmissionIT {

    private final TestServer server = TestServer.shared();

    /** New in each run, so that the shared server's other executions do not matter. */
    private final String mark = "adm" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    /** Longer than any test. */
    private static final String LONG = "sleep 600";

    private void end(String id) {
        assertThat(server.cli("execution", "cancel", "--force", id).exit()).isZero();
        becomes(id, "cancelled");
    }

    private void workflow(String id, String more, String command) throws Exception {
        Path file = folder.resolve(id + ".yaml");
        Files.writeString(file, """
                id: %s
                inputs: [{name: n, required: false, default: "1"}]
                %s
                phases: [{id: one, timeout_seconds: 120, run: "%s"}]
                """.formatted(id, more, command));
        Cli.Result created = server.cli("workflow", "create", file.toString());
        assertThat(created.exit()).as(created.err()).isZero();
    }

    private HttpResponse<String> execute(String workflow, String body) {
        return server.post("/api/v1/workflows/" + workflow + "/execute", "application/json", body);
    }

    private String start(String workflow, String body) {
        HttpResponse<String> answer = execute(workflow, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.parse(answer.body()).get("execution_id").asText();
    }

    private String start(String workflow) {
        return start(workflow, "{}");
    }

    private JsonNode show(String id) {
        return server.read("/api/v1/executions/" + id);
    }

    private void becomes(String id, String status) {
        Wait.until(() -> show(id).get("status").asText().equals(status));
    }

    private void waitsFor(String id, String reason) {
        Wait.until(() -> show(id).at("/waiting/reason").asText().equals(reason));
    }

    @Test
    void ofOneKeyTheSecondWaitsForTheFirst() throws Exception {
        workflow(mark, "concurrency: {key: '" + mark + "-{{n}}'}", LONG);
        String first = start(mark);
        becomes(first, "running");
        String second = start(mark);
        String other = start(mark, "{\"inputs\":{\"n\":\"2\"}}");
        becomes(other, "running");
        waitsFor(second, "concurrency");
        JsonNode waiting = show(second).get("waiting");
        assertThat(waiting.get("message").asText()).isEqualTo("key " + mark + "-1 is held by " + first);
        assertThat(waiting.get("executions").get(0).asText()).isEqualTo(first);
        assertThat(waiting.get("position").asInt()).isPositive();
        assertThat(server.cli("execution", "show", second).out()).contains("Waiting: number", "is held by " + first);
        assertThat(server.cli("execution", "queue").out()).contains(second, "concurrency");
        assertThat(server.get("/dashboard/execution.xhtml?id=" + second).body())
                .contains("id=\"waiting\"", "is held by " + first);

        end(first);

        becomes(second, "running");
        Instant ended = Instant.parse(show(first).get("completed_at").asText());
        assertThat(Instant.parse(show(second).get("started_at").asText())).isAfterOrEqualTo(ended);
        assertThat(show(second).get("waiting").isNull()).isTrue();
        end(second);
        end(other);
    }

    @Test
    void aNewcomerIsCancelledOrHasFailedAndSaysWhoHoldsTheKey() throws Exception {
        workflow(mark, "concurrency: {behavior: CANCEL}", LONG);
        workflow(mark + ".f", "concurrency: {key: " + mark + ", behavior: FAIL}", "true");
        String first = start(mark);
        JsonNode answer = TestServer.parse(execute(mark, "{}").body());
        assertThat(answer.get("status").asText()).isEqualTo("cancelled");
        assertThat(answer.get("message").asText()).isEqualTo("Its concurrency key " + mark + " is held");
        String cancelled = answer.get("execution_id").asText();
        becomes(cancelled, "cancelled");
        assertThat(show(cancelled).get("error_message").asText()).endsWith("it is held by " + first);
        String failed = start(mark + ".f");
        becomes(failed, "failed");
        assertThat(show(failed).get("failure_reason").asText()).isEqualTo("concurrency");
        end(first);
        String next = start(mark + ".f");
        becomes(next, "completed");
    }

    @Test
    void theOneThatHoldsTheKeyGoesForTheNewcomer() throws Exception {
        workflow(mark, "concurrency: {behavior: REPLACE}", "sleep {{n}}");
        String first = start(mark, "{\"inputs\":{\"n\":\"600\"}}");
        becomes(first, "running");

        String second = start(mark);

        becomes(first, "cancelled");
        assertThat(show(first).get("error_message").asText()).isEqualTo("replaced by " + second);
        becomes(second, "completed");
    }

    @Test
    void whileTheIntakeIsPausedWorkIsAcceptedAndNotBegun() throws Exception {
        workflow(mark, "", "true");
        assertThat(server.cli("fleet", "hold", "--workflow", mark, "--reason", "maintenance")
                        .exit())
                .isZero();
        String held = start(mark);
        waitsFor(held, "held");
        assertThat(show(held).get("held").asText())
                .startsWith("intake of workflow " + mark + " is paused by did:fourfold:user:local since 2")
                .endsWith(": maintenance");
        assertThat(server.cli("fleet", "show").out()).contains("workflow:" + mark, "maintenance");
        assertThat(server.get("/dashboard/").body()).contains("intake of workflow " + mark + " is paused");
        workflow(mark + ".o", "", "true");
        String other = start(mark + ".o");
        becomes(other, "completed");
        assertThat(show(held).get("status").asText()).isEqualTo("not_started");

        assertThat(server.cli("fleet", "release", "--workflow", mark).exit()).isZero();

        becomes(held, "completed");
        assertThat(server.cli("fleet", "release", "--workflow", mark).err())
                .contains("expected one of those that are held");
        assertThat(server.cli("fleet", "hold", "--reason", "x").exit()).isEqualTo(2);
    }

    @Test
    void whatIsStartedInANamespaceWaitsForItsFreeze() throws Exception {
        workflow(mark, "", "true");
        assertThat(execute(mark, "{\"namespace\":\"" + mark + "\"}").statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(server.cli("namespace", "create", mark).exit()).isZero();
        server.cli("fleet", "freeze", "soft", "--namespace", mark, "--reason", "audit");
        String frozen = start(mark, "{\"namespace\":\"" + mark + "\"}");
        waitsFor(frozen, "frozen");
        assertThat(show(frozen).get("held").asText()).isEqualTo("frozen (soft): audit");
        server.cli("fleet", "unfreeze", "--namespace", mark);
        becomes(frozen, "completed");
    }

    @Test
    void theConfiguredLimitCountsAtOnceAndIsTheReason() throws Exception {
        workflow(mark, "", LONG);
        assertThat(server.cli("config", "add", "engine_limits", "default", "max_concurrent_executions=1")
                        .exit())
                .isZero();
        try {
            String first = start(mark);
            becomes(first, "running");
            String second = start(mark);
            waitsFor(second, "limit");
            assertThat(show(second).at("/waiting/message").asText()).isEqualTo("1 of 1 running: " + first);
            server.cli("config", "remove", "engine_limits", "default");
            becomes(second, "running");
            end(first);
            end(second);
        } finally {
            server.cli("config", "remove", "engine_limits", "default");
        }
    }

    @Test
    void aPhaseSaysUntilWhenItHasAndAPausedOneHowMuchIsLeft() throws Exception {
        workflow(mark, "", LONG);
        String id = start(mark);
        Wait.until(() -> show(id).at("/deadlines/0/phase_id").asText().equals("one"));
        JsonNode deadline = show(id).at("/deadlines/0");
        assertThat(deadline.get("left_seconds").asInt()).isBetween(1, 120);
        assertThat(Instant.parse(deadline.get("at").asText()))
                .isAfter(Instant.parse(show(id).get("started_at").asText()).plusSeconds(119));
        assertThat(server.cli("execution", "show", id).out()).contains("Deadline: one has", "left, until");
        assertThat(server.get("/dashboard/execution.xhtml?id=" + id).body()).contains("one has", "left, until");
        server.cli("execution", "pause", id);
        becomes(id, "paused");
        assertThat(show(id).at("/deadlines/0/at").isNull()).isTrue();
        server.cli("execution", "resume", id);
        end(id);
        assertThat(show(id).get("deadlines")).isEmpty();
    }

    @Test
    void aServerSaysWhatItIsForAndWhoElseIsThere() {
        JsonNode nodes = server.read("/api/v1/engine/nodes").get("nodes");
        assertThat(nodes).hasSize(1);
        assertThat(nodes.get(0).get("role").asText()).isEqualTo("all");
        assertThat(nodes.get(0).get("present").asBoolean()).isTrue();
        assertThat(server.cli("status", "--data", server.data().toString()).out())
                .contains("role", "all", "local (all, up)");
    }
}
