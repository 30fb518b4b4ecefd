package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers, through REST and the command line. */
class TriggerIT {

    private final TestServer server = TestServer.shared();

    /** New in each run, so that the shared server's other records do not matter. */
    private final String mark = "trg" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    @BeforeEach
    void workflow() throws Exception {
        Path file = folder.resolve("workflow.yaml");
        Files.writeString(file, """
                id: %s
                name: Answers
                inputs:
                  - name: who
                phases:
                  - id: one
                    run: echo "hello {{who}}"
                """.formatted(mark));
        assertThat(server.cli("workflow", "create", file.toString()).exit()).isZero();
    }

    private JsonNode say(String thread, String who) {
        var answer = server.post("/api/v1/records", "application/json", """
                {"thread":"th_%s.%s","actor":"did:fourfold:user:test","act":"KNOW",
                 "body":{"topic":"%s","who":"%s"}}""".formatted(mark, thread, mark, who));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestServer.parse(answer.body());
    }

    private JsonNode register(String... more) {
        String[] all = new String[6 + more.length];
        all[0] = "trigger";
        all[1] = "register";
        all[2] = mark;
        all[3] = "source=record";
        all[4] = "expression=has(record.body.topic) && record.body.topic == '" + mark + "'";
        all[5] = "workflow=" + mark;
        System.arraycopy(more, 0, all, 6, more.length);
        String[] json = Arrays.copyOf(all, all.length + 1);
        json[all.length] = "--json";
        return server.json(0, json);
    }

    private JsonNode show() {
        return server.read("/api/v1/triggers/" + mark);
    }

    private JsonNode why(JsonNode event) {
        return server.json(0, "trigger", "why", mark, event.get("id").asText(), "--json");
    }

    private static JsonNode guard(JsonNode explanation, String name) {
        for (JsonNode guard : explanation.get("guards")) {
            if (guard.get("guard").asText().equals(name)) {
                return guard;
            }
        }
        throw new AssertionError("Expected the guard " + name + " in " + explanation);
    }

    @Test
    void aRecordFiresItAndItsCooldownBlocksTheNext() {
        register("input_mapping={\"who\":\"who\"}", "max_concurrent=4");
        JsonNode event = say("a", "alice");
        Wait.until(() -> show().get("fired_today").asInt() == 1);
        String execution = show().get("last_execution").asText();
        Wait.until(() -> server.read("/api/v1/executions/" + execution)
                .get("status")
                .asText()
                .equals("completed"));
        Wait.until(() -> show().get("running").asInt() == 0);
        assertThat(why(event).path("decided").path("execution").asText()).isEqualTo(execution);

        JsonNode second = say("a", "bob");
        Wait.until(() -> why(second).path("decided").isObject());
        JsonNode why = why(second);
        assertThat(why.get("outcome").asText()).isEqualTo("blocked");
        assertThat(why.get("decided").get("guard").asText()).isEqualTo("cooldown");
        assertThat(why.get("decided").get("reason").asText()).contains("less than 60 s before");
        assertThat(guard(why, "cooldown").get("retry_at").isTextual()).isTrue();
        assertThat(guard(why, "max_concurrent").get("verdict").asText()).isEqualTo("pass");

        JsonNode history = server.json(0, "trigger", "history", mark, "--json");
        assertThat(history.get("total").asInt()).isEqualTo(3);
        assertThat(history.get("events").get(0).get("event").get("kind").asText())
                .isEqualTo("trigger.blocked.v1");
        assertThat(server.cli("trigger", "history", mark).out()).contains("fired", "ended", "blocked", "cooldown");
        assertThat(server.cli("trigger", "list").out()).contains(mark);
    }

    /** At least 2,000 records of configuration, and as many more as it takes until a trigger has fired among them. */
    @Test
    void triggersFireWhileABurstOfConfigurationGoesOn() {
        register("input_mapping={\"who\":\"who\"}");
        int written = 0;
        boolean fired = false;
        while (written < 2_000 || !fired) {
            assertThat(written).as("written before it fired").isLessThan(20_000);
            StringJoiner batch = new StringJoiner(",", "[", "]");
            for (int i = 0; i < 100; i++) {
                batch.add(rule(written++));
            }
            var answer = server.post("/api/v1/records/batch", "application/json", batch.toString());
            assertThat(TestServer.parse(answer.body()).get("results").findValues("id"))
                    .hasSize(100);
            if (written == 100) {
                say("burst", "alice");
            }
            fired |= show().get("fired_today").asInt() == 1;
        }
        assertThat(server.cli("config", "remove", "routing_rule", mark).exit()).isZero();
        assertThat(server.cli("trigger", "delete", mark + "-other").exit()).isZero();
    }

    /** Versions of a rule and of another trigger, in turn. */
    private String rule(int number) {
        String body = number % 2 == 0
                ? "{\"topic\":\"routing_rule\",\"name\":\"%s\",\"target\":\"did:x:y\",\"expression\":\"false\",\"priority\":%d}"
                : "{\"topic\":\"trigger\",\"name\":\"%s-other\",\"source\":\"record\",\"workflow\":\"w\",\"expression\":\"false\",\"cooldown\":%d}";
        return "{\"thread\":\"th_engine_config\",\"actor\":\"did:fourfold:user:test\",\"act\":\"LEARN\",\"body\":"
                + body.formatted(mark, number) + "}";
    }

    @Test
    void aTestFiresNothing() {
        register("input_mapping={\"who\":\"who\"}");
        JsonNode test = server.json(
                0, "trigger", "test", mark, "--payload", "{\"topic\":\"" + mark + "\",\"who\":\"eve\"}", "--json");
        assertThat(test.get("outcome").asText()).isEqualTo("fires");
        assertThat(test.get("inputs").get("who").asText()).isEqualTo("eve");
        assertThat(test.get("guards")).hasSize(9);
        assertThat(server.json(0, "trigger", "test", mark, "--payload", "{}", "--json")
                        .get("outcome")
                        .asText())
                .isEqualTo("missed");
        assertThat(show().get("fired_today").asInt()).isZero();
        assertThat(server.cli("trigger", "test", mark, "--payload", "{}").out()).contains("missed", "pass  cooldown");
    }

    @Test
    void whatIsPausedHearsNothingUntilItIsResumed() {
        register("input_mapping={\"who\":\"who\"}");
        assertThat(server.json(0, "trigger", "pause", mark, "--reason", "holidays", "--json")
                        .get("paused_reason")
                        .asText())
                .isEqualTo("holidays");
        assertThat(server.cli("trigger", "pause", mark).exit()).isEqualTo(4);
        JsonNode event = say("a", "alice");
        Wait.until(() -> tail() == 0);
        assertThat(why(event).get("outcome").asText()).isEqualTo("paused");
        assertThat(server.cli("trigger", "resume", mark).exit()).isZero();
        say("a", "bob");
        Wait.until(() -> show().get("fired_today").asInt() == 1);
        assertThat(server.json(0, "trigger", "update", mark, "cooldown=7", "--json")
                        .get("body")
                        .get("cooldown")
                        .asInt())
                .isEqualTo(7);
        assertThat(server.cli("trigger", "delete", mark).exit()).isZero();
        assertThat(server.get("/api/v1/triggers/" + mark).statusCode()).isEqualTo(404);
        assertThat(server.read("/api/v1/triggers/" + mark + "/history")
                        .get("total")
                        .asInt())
                .isPositive();
    }

    private long tail() {
        for (JsonNode loop : server.read("/api/v1/engine/health").get("loops")) {
            if (loop.get("name").asText().equals("triggers")) {
                return loop.get("lag").asLong();
            }
        }
        throw new AssertionError("Expected the reader triggers");
    }

    @Test
    void aPresetIsATriggerOfItsName() {
        String name = mark + "-heal";
        JsonNode made =
                server.json(0, "trigger", "enable", "self-healing", "name=" + name, "workflow=" + mark, "--json");
        assertThat(made.get("body").get("event").asText()).isEqualTo("check_run.completed");
        JsonNode test = server.json(0, "trigger", "test", name, "--json", "--payload", """
                {"kind":"github.check_run.completed.v1","repository":{"full_name":"acme/shop"},
                 "check_run":{"name":"build","conclusion":"failure","pull_requests":[{"number":7}]}}""");
        assertThat(test.get("outcome").asText()).isEqualTo("fires");
        assertThat(test.get("subject").asText()).isEqualTo("acme/shop#7");
        assertThat(server.cli("trigger", "delete", name).exit()).isZero();
    }

    @Test
    void whatIsWrongIsRefusedWithItsField() {
        var answer = server.post(
                "/api/v1/triggers",
                "application/json",
                "{\"name\":\"x\",\"source\":\"schedule\",\"schedule\":\"61 * * * *\",\"workflow\":\"w\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("schedule", "Value 61 not in range");
        assertThat(server.cli("trigger", "show", "nothing-" + mark).exit()).isEqualTo(4);
        var foreign = server.post("/api/v1/records", "application/json", """
                {"thread":"th_trigger.x","actor":"did:fourfold:user:test","act":"KNOW","body":{}}""");
        assertThat(foreign.statusCode()).isEqualTo(400);
    }
}
