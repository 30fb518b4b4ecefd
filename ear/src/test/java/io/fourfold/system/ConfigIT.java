package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Configuration as data, through REST and the command line. */
class ConfigIT {

    private final TestServer server = TestServer.shared();

    /** New in each run, so that the shared server's other rules do not matter. */
    private final String name = "r" + UUID.randomUUID().toString().substring(0, 8);

    private final String when = "record.body.code == '" + name + "'";

    @AfterEach
    void tidyUp() {
        server.cli("config", "remove", "routing_rule", name);
    }

    private JsonNode add(String expression, String target) {
        return server.json(
                0, "config", "add", "routing_rule", name, "expression=" + expression, "target=" + target, "--json");
    }

    private JsonNode learn(String fields) {
        String draft =
                "{\"act\":\"LEARN\",\"actor\":\"did:fourfold:user:bob\",\"thread\":\"th_engine_config\",\"body\":"
                        + "{\"topic\":\"routing_rule\",\"name\":\"" + name + "\"," + fields + "}}";
        HttpResponse<String> answer = server.post("/api/v1/records", "application/json", draft);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestServer.parse(answer.body());
    }

    /** What the first record after it was answered with. */
    private String reasonFor(String code) {
        String thread = "th_" + code + UUID.randomUUID().toString().substring(0, 8);
        String draft = "{\"act\":\"INTEND\",\"actor\":\"did:a:b\",\"thread\":\"" + thread
                + "\",\"body\":{\"goal\":\"x\",\"code\":\"" + code + "\"}}";
        assertThat(server.post("/api/v1/records", "application/json", draft).statusCode())
                .isEqualTo(201);
        JsonNode[] answer = new JsonNode[1];
        Wait.until(() -> {
            server.read("/api/v1/threads/" + thread + "/records").get("records").forEach(record -> {
                if (record.path("body").has("fulfills")) {
                    answer[0] = record;
                }
            });
            return answer[0] != null;
        });
        return answer[0].path("body").path("failure_reason").asText();
    }

    private JsonNode mine(JsonNode answer, String list) {
        for (JsonNode one : answer.get(list)) {
            if (one.get("name").asText().equals(name)) {
                return one;
            }
        }
        return TestServer.JSON.missingNode();
    }

    private JsonNode rules(String query) {
        return server.read("/api/v1/config/routing_rule" + query);
    }

    @Test
    void aRuleIsInForceForTheNextRecordAndItsPastCanBeAsked() {
        JsonNode first = add(when, "did:fourfold:workflow:no-one-" + name);
        assertThat(reasonFor(name)).contains("no-one-" + name);
        add(when, "did:fourfold:workflow:no-two-" + name);
        assertThat(reasonFor(name)).contains("no-two-" + name);

        JsonNode history = server.json(0, "config", "history", "routing_rule", name, "--json");
        assertThat(history.get("records")).hasSize(2);
        JsonNode then = history.get("records").get(1);
        assertThat(then.get("record")).isEqualTo(first.get("record"));
        assertThat(then.get("in_force").asBoolean()).isFalse();
        for (String moment : new String[] {
            then.get("position").asText(), then.get("recorded_at").asText()
        }) {
            JsonNode was = server.json(0, "config", "list", "routing_rule", "--as-of", moment, "--json");
            assertThat(mine(was, "entries").get("record")).as(moment).isEqualTo(first.get("record"));
            assertThat(was.get("position")).isEqualTo(then.get("position"));
        }
        long before = then.get("position").asLong() - 1;
        assertThat(mine(rules("?asOfPosition=" + before), "entries").isMissingNode())
                .isTrue();
        assertThat(server.cli("config", "list", "routing_rule").out()).contains(name, "no-two-");

        assertThat(server.cli("config", "remove", "routing_rule", name).exit()).isZero();
        assertThat(mine(rules(""), "entries").isMissingNode()).isTrue();
        assertThat(server.cli("config", "remove", "routing_rule", name).exit()).isEqualTo(4);
        assertThat(server.cli("config", "history", "routing_rule", name).out()).contains("ended it", "replaced");
    }

    @Test
    void aRuleThatIsBrokenIsRefusedWithItsField() {
        Cli.Result refused =
                server.cli("config", "add", "routing_rule", name, "expression=record.act ==", "target=did:x:y");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("HTTP 422", "expression: ", "line 1");

        HttpResponse<String> answer = server.post(
                "/api/v1/config/routing_rule",
                "application/json",
                "{\"name\":\"" + name + "\",\"expression\":\"nobody\",\"target\":\"did:x:y\",\"priority\":1}");
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problem = TestServer.parse(answer.body());
        assertThat(problem.get("field").asText()).isEqualTo("expression");
        assertThat(problem.get("line").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/config/routing_rule/" + name + "/history")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/config/rules").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/config/trigger?asOf=yesterday").statusCode())
                .isEqualTo(422);
        assertThat(server.get("/api/v1/config/trigger?asOfPosition=-1").statusCode())
                .isEqualTo(422);
        assertThat(server.get("/api/v1/config/trigger?asOfPosition=1&asOf=2026-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aBrokenRuleWrittenByHandIsListedAndTheOldOneStays() throws Exception {
        JsonNode valid = add(when, "did:fourfold:workflow:no-one-" + name);
        JsonNode broken = learn("\"expression\":\"record.act ==\",\"target\":\"did:x:y\"");

        JsonNode now = rules("");
        assertThat(mine(now, "entries").get("record")).isEqualTo(valid.get("record"));
        assertThat(mine(now, "refused").get("record")).isEqualTo(broken.get("id"));
        assertThat(mine(now, "refused").get("reason").asText()).startsWith("expression: ");
        assertThat(reasonFor(name)).contains("no-one-" + name);
        assertThat(server.cli("config", "list", "routing_rule").err()).contains("Refused: " + name + ": expression: ");

        JsonNode health = server.read("/api/v1/engine/health").get("config");
        assertThat(health.get("refused").asInt()).isPositive();
        assertThat(mine(health, "latest").get("record")).isEqualTo(broken.get("id"));
        assertThat(server.read("/api/v1/health").get("config").get("latest")).isEmpty();
        assertThat(server.cli("logs", "-n", "5000", "--data", server.data().toString())
                        .out())
                .contains("routing_rule default/" + name + " is refused");

        Path file = Files.createTempFile("rule", ".json");
        Files.writeString(file, "{\"expression\":\"false\",\"target\":\"did:x:y\",\"enabled\":false}");
        assertThat(server.cli("config", "add", "routing_rule", name, "-f", file.toString())
                        .out())
                .contains("is not in force");
        Files.delete(file);
        assertThat(mine(rules(""), "refused").isMissingNode()).isTrue();
        assertThat(mine(rules(""), "entries").isMissingNode()).isTrue();
    }

    @Test
    void aTokenThatMayOnlyReadConfigurationChangesNothing() throws Exception {
        JsonNode token = server.json(
                0, "token", "create", "--name", name, "--scope", "config:read", "--actor", "did:a:b", "--json");
        String bearer = "Bearer " + token.get("token").asText();
        assertThat(server.get("/api/v1/config", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        HttpResponse<String> removed = server.http()
                .send(
                        server.request("/api/v1/config/routing_rule/" + name, "Authorization", bearer)
                                .DELETE()
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(removed.statusCode()).isEqualTo(403);
        assertThat(server.cli("token", "revoke", token.get("id").asText()).exit())
                .isZero();
    }

    @Test
    void whoSeesOnlyAnotherNamespaceNeitherSeesNorChangesTheRulesOfAll() throws Exception {
        add(when, "did:fourfold:workflow:no-one-" + name);
        JsonNode token = server.json(
                0,
                "token",
                "create",
                "--name",
                name,
                "--scope",
                "config:read,config:write",
                "--actor",
                "did:a:b",
                "--namespace",
                "elsewhere",
                "--json");
        String[] bearer = {"Authorization", "Bearer " + token.get("token").asText()};
        JsonNode seen = TestServer.parse(
                server.get("/api/v1/config/routing_rule", bearer).body());
        assertThat(mine(seen, "entries").isMissingNode()).isTrue();
        assertThat(server.get("/api/v1/config/routing_rule/" + name + "/history", bearer)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> added = server.http()
                .send(
                        server.request("/api/v1/config/routing_rule", bearer)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name
                                        + "\",\"expression\":\"true\",\"target\":\"did:x:y\","
                                        + "\"namespace\":\"elsewhere\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(added.statusCode()).as(added.body()).isEqualTo(403);
        assertThat(server.cli("token", "revoke", token.get("id").asText()).exit())
                .isZero();
    }

    @Test
    void theOverviewNamesEveryTopic() {
        JsonNode overview = server.json(0, "config", "list", "--json");
        assertThat(overview.get("total").asInt()).isEqualTo(17);
        assertThat(overview.get("topics").get(0).get("topic").asText()).isEqualTo("routing_rule");
    }
}
