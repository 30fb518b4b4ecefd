package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on who may write, the way back when they go wrong, and the kill switch, on a server of its own. */
class PermissionIT {

    private static final TestServer SERVER = new TestServer(Map.of());
    private static final String LOCAL = "did:fourfold:user:local";
    private static final String BOB = "did:fourfold:agent:bob";

    @BeforeAll
    static void up() {
        SERVER.up();
        for (String id : List.of("acme", "acme/shop")) {
            assertThat(SERVER.cli("namespace", "create", id).exit()).isZero();
        }
    }

    @AfterAll
    static void down() {
        SERVER.close();
    }

    @AfterEach
    void open() {
        for (JsonNode freeze : SERVER.read("/api/v1/fleet").get("freezes")) {
            var body = TestServer.JSON.createObjectNode().put("mode", "off").put("reason", "a test ends");
            if (!freeze.get("namespace").isNull()) {
                body.set("namespace", freeze.get("namespace"));
            }
            SERVER.post("/api/v1/fleet/freeze", "application/json", body.toString());
        }
        unlock();
        for (JsonNode rule : SERVER.read("/api/v1/config/permission_rule").get("entries")) {
            assertThat(SERVER.cli(
                                    "config",
                                    "remove",
                                    "permission_rule",
                                    rule.get("name").asText())
                            .exit())
                    .isZero();
        }
    }

    private static Cli.Result unlock() {
        return SERVER.cli(
                "config", "permissions-unlock", "--data", SERVER.data().toString(), "--reason", "a test ends");
    }

    private static String write(String actor, String namespace) {
        return code(SERVER.post("/api/v1/records", "application/json", """
                {"thread":"th_perm","actor":"%s","act":"KNOW","body":{"kind":"perm.v1","namespace":"%s"}}""".formatted(actor, namespace)));
    }

    private static String code(HttpResponse<String> answer) {
        return answer.statusCode() < 400
                ? "" + answer.statusCode()
                : answer.statusCode() + " "
                        + TestServer.parse(answer.body()).path("code").asText();
    }

    private static Cli.Result rule(String name, String action, String expression) {
        return SERVER.cli("config", "add", "permission_rule", name, "action=" + action, "expression=" + expression);
    }

    private static void enable() {
        Cli.Result result = SERVER.cli("config", "add", "permissions_enabled", "default");
        assertThat(result.exit()).as(result.err()).isZero();
    }

    @Test
    void rulesAllowAndDenyByTrustAndNamespaceAndADenialIsOnRecord() {
        rule("staff", "allow", "record.actor == '" + LOCAL + "'");
        rule("shop", "allow", "record.namespace.startsWith('acme/') && trust(record.actor, 'code') < 0.5");
        rule("proven", "allow", "trust(record.actor, 'code') >= 0.5");
        enable();

        assertThat(write(LOCAL, "default")).isEqualTo("201");
        assertThat(write(BOB, "acme/shop")).isEqualTo("201");
        assertThat(write(BOB, "acme")).isEqualTo("403 PERMISSION_DENIED");
        assertThat(write(BOB, "acme")).isEqualTo("403 PERMISSION_DENIED");
        HttpResponse<String> batch = SERVER.post("/api/v1/records/batch", "application/json", """
                [{"thread":"th_perm","actor":"%s","act":"KNOW","body":{}}]""".formatted(BOB));
        assertThat(batch.body()).contains("PERMISSION_DENIED", "\"rule\":\"none\"");
        JsonNode denied = denials();
        assertThat(denied).hasSize(1);
        assertThat(denied.get(0).at("/body/actor").asText()).isEqualTo(BOB);
        assertThat(denied.get(0).at("/body/resource/thread").asText()).isEqualTo("th_perm");
    }

    private static JsonNode denials() {
        return TestServer.parse(SERVER.post(
                                "/api/v1/records/query",
                                "application/json",
                                "{\"filter\":{\"kind\":\"permission.denied.v1\",\"body.actor\":\"" + BOB + "\"}}")
                        .body())
                .get("records");
    }

    @Test
    void aRequestThatChangesSomethingElseIsAskedAboutToo() throws Exception {
        rule("staff", "allow", "record.actor == '" + LOCAL + "'");
        enable();
        HttpRequest asBob = SERVER.request(
                        "/api/v1/namespaces", "Fourfold-Actor", BOB, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"bobs\"}"))
                .build();

        assertThat(code(SERVER.http().send(asBob, HttpResponse.BodyHandlers.ofString())))
                .isEqualTo("403 PERMISSION_DENIED");
        assertThat(code(SERVER.get("/api/v1/namespaces", "Fourfold-Actor", BOB)))
                .isEqualTo("200");
    }

    @Test
    void lockingOneselfOutIsRefusedAndGlassCanBeBroken() throws Exception {
        Cli.Result none = SERVER.cli("config", "add", "permissions_enabled", "default");
        assertThat(none.exit()).isEqualTo(4);
        assertThat(none.err()).contains("LOCKED_OUT", "no rule would allow it");
        rule("staff", "allow", "record.actor == '" + LOCAL + "'");
        enable();
        assertThat(rule("shut", "deny", "true").exit())
                .as("it comes after staff, which allows")
                .isZero();
        Cli.Result end = SERVER.cli("config", "remove", "permission_rule", "staff");
        assertThat(end.exit()).isEqualTo(4);
        assertThat(end.err()).contains("LOCKED_OUT", "default/shut");
        String unlockOverHttp = code(SERVER.post("/api/v1/records", "application/json", """
                {"thread":"th_engine_config","actor":"did:fourfold:system:break-glass","act":"LEARN",
                 "body":{"topic":"permissions_enabled","enabled":false,"reason":"x"}}"""));
        assertThat(unlockOverHttp).isEqualTo("403 ACTOR_DENIED");
        assertThat(write(BOB, "default")).isEqualTo("403 PERMISSION_DENIED");

        Cli.Result unlocked = unlock();

        assertThat(unlocked.exit()).as(unlocked.err()).isZero();
        assertThat(write(BOB, "default")).isEqualTo("201");
        assertThat(SERVER.get("/api/v1/threads/th_audit/records?limit=1000").body())
                .contains("permission.unlocked.v1", "a test ends");
        assertThat(SERVER.get("/api/v1/config/permissions_enabled/default/history")
                        .body())
                .contains("did:fourfold:system:break-glass");
    }

    private static void adapter(Path folder, String seconds) {
        var body = TestServer.JSON
                .createObjectNode()
                .put("name", "freezable")
                .put("did", "did:x:freezable")
                .put("family", "command");
        body.putArray("command")
                .add("sh")
                .add("-c")
                .add("touch " + folder + "/begun; sleep " + seconds + "; touch " + folder + "/done");
        assertThat(SERVER.post("/api/v1/config/adapter", "application/json", body.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static String intend(String thread) {
        HttpResponse<String> answer = SERVER.post("/api/v1/records", "application/json", """
                {"thread":"%s","actor":"%s","act":"INTEND",
                 "body":{"goal":"work","to":"did:x:freezable","namespace":"acme/shop"}}""".formatted(thread, LOCAL));
        assertThat(answer.statusCode()).isEqualTo(201);
        return thread;
    }

    private static JsonNode dispatch(String thread) {
        return SERVER.read("/api/v1/dispatches?thread=" + thread)
                .get("dispatches")
                .get(0);
    }

    @Test
    void aSoftFreezeHoldsADispatchAndLiftingItLetsItGo(@TempDir Path folder) {
        adapter(folder, "0");
        assertThat(SERVER.cli("fleet", "freeze", "soft", "--namespace", "acme", "--reason", "release")
                        .exit())
                .isZero();
        String thread = intend("th_frozen.soft");
        Wait.until(() -> dispatch(thread).get("status").asText().equals("waiting"));
        // What is asked for later, elsewhere, is done before it.
        SERVER.post("/api/v1/records", "application/json", """
                {"thread":"th_free","actor":"%s","act":"INTEND","body":{"goal":"w","to":"did:x:freezable"}}""".formatted(LOCAL));
        Wait.until(() -> dispatch("th_free").get("status").asText().equals("succeeded"));
        assertThat(dispatch(thread).get("status").asText()).isEqualTo("waiting");
        assertThat(dispatch(thread).get("held").asText()).isEqualTo("frozen (soft): release");
        assertThat(SERVER.cli("fleet", "show").out()).contains("acme", "soft", "release");

        assertThat(SERVER.cli("fleet", "unfreeze", "--namespace", "acme").exit())
                .isZero();

        Wait.until(() -> dispatch(thread).get("status").asText().equals("succeeded"));
        assertThat(dispatch(thread).get("held").isNull()).isTrue();
    }

    /** Starts it and gives the execution's path. */
    private static String run(Path folder, String id, String command) throws IOException {
        Path file = folder.resolve(id + ".yaml");
        Files.writeString(file, "{id: " + id + ", name: S, phases: [{id: a, run: '" + command + "'}]}");
        Cli.Result started = SERVER.cli("run", file.toString(), "--detach");
        assertThat(started.exit()).as(started.err()).isZero();
        JsonNode executions =
                SERVER.read("/api/v1/executions?workflow_id=" + id).get("executions");
        return "/api/v1/executions/"
                + executions.get(0).get("workflow_execution_id").asText();
    }

    private static String status(String path) {
        return SERVER.read(path).get("status").asText();
    }

    @Test
    void aFrozenExecutionWaitsAndSaysWhy(@TempDir Path folder) throws IOException {
        SERVER.cli("fleet", "freeze", "soft", "--reason", "audit");
        String execution = run(folder, "perm-held", "true");
        assertThat(SERVER.read(execution).get("held").asText()).isEqualTo("frozen (soft): audit");
        assertThat(status(execution)).isEqualTo("not_started");

        assertThat(SERVER.cli("fleet", "unfreeze").exit()).isZero();

        Wait.until(() -> status(execution).equals("completed"));
    }

    @Test
    void anEmergencyEndsWhatRunsRefusesAndIsLifted(@TempDir Path folder) throws IOException {
        String execution = run(folder, "perm-sleep", "sleep 300");
        Wait.until(() -> status(execution).equals("running"));
        adapter(folder, "300");
        String thread = intend("th_frozen.emergency");
        Wait.until(() -> Files.exists(folder.resolve("begun")));
        String token = SERVER.json(0, "token", "create", "--json", "--name", "a", "--scope", "admin", "--actor", LOCAL)
                .get("token")
                .asText();

        assertThat(SERVER.cli("fleet", "freeze", "emergency", "--reason", "stop")
                        .exit())
                .isZero();

        Wait.until(() -> dispatch(thread).get("status").asText().equals("failed"));
        assertThat(dispatch(thread).get("failure_reason").asText()).isEqualTo("frozen (emergency): stop");
        assertThat(write(LOCAL, "acme")).isEqualTo("503 FROZEN");
        assertThat(code(SERVER.post("/api/v1/workflows/perm-sleep/execute", "application/json", "{}")))
                .isEqualTo("503 FROZEN");
        assertThat(code(SERVER.post("/api/v1/namespaces", "application/json", "{\"id\":\"frozen\"}")))
                .isEqualTo("503 FROZEN");
        Wait.until(() -> status(execution).equals("interrupted"));
        Cli.Result admin = SERVER.cli(
                "config", "add", "--token", token, "routing_rule", "frozen", "expression=false", "target=did:x:y");
        assertThat(admin.exit()).as(admin.err()).isZero();
        assertThat(SERVER.cli("fleet", "unfreeze").exit()).isZero();
        assertThat(write(LOCAL, "acme")).isEqualTo("201");
        assertThat(SERVER.get("/api/v1/namespaces/frozen").statusCode()).isEqualTo(404);
        assertThat(Files.exists(folder.resolve("done"))).isFalse();
        Wait.until(() -> ProcessHandle.allProcesses()
                .noneMatch(p -> p.info().commandLine().orElse("").contains(folder.toString())));
    }

    @Test
    void tokensAreAskedForWithoutARestartByWhoShowsOne() throws Exception {
        String token = SERVER.json(0, "token", "create", "--json", "--name", "b", "--scope", "admin", "--actor", LOCAL)
                .get("token")
                .asText();
        assertThat(SERVER.cli("config", "add", "auth_required", "default").err())
                .contains("LOCKED_OUT");

        assertThat(SERVER.cli("config", "add", "--token", token, "auth_required", "default")
                        .exit())
                .isZero();
        assertThat(code(SERVER.get("/api/v1/threads"))).isEqualTo("401 UNAUTHENTICATED");
        assertThat(SERVER.get("/dashboard/").statusCode()).isEqualTo(401);
        assertThat(code(SERVER.get("/api/v1/threads", "Authorization", "Bearer " + token)))
                .isEqualTo("200");
        assertThat(SERVER.cli("config", "remove", "--token", token, "auth_required", "default")
                        .exit())
                .isZero();
        assertThat(code(SERVER.get("/api/v1/threads"))).isEqualTo("200");
    }
}
