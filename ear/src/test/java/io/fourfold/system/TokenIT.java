package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token opens what it says, as whom it says, where it says, until it is revoked. */
class TokenIT {

    private static final TestServer SERVER = TestServer.shared();
    private static final String ALICE = "did:fourfold:user:alice";

    @BeforeAll
    static void namespaces() {
        for (String id : List.of("tok", "tok/shop", "tokother")) {
            SERVER.cli("namespace", "create", id);
        }
    }

    private static JsonNode token(String... options) {
        String[] all = new String[options.length + 7];
        System.arraycopy(new String[] {"token", "create", "--json", "--name", "t", "--actor", ALICE}, 0, all, 0, 7);
        System.arraycopy(options, 0, all, 7, options.length);
        return SERVER.json(0, all);
    }

    private static HttpResponse<String> send(String method, String path, String token, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = SERVER.request(path, headers)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return SERVER.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String code(HttpResponse<String> answer) {
        return answer.statusCode() < 400
                ? "" + answer.statusCode()
                : answer.statusCode() + " "
                        + TestServer.parse(answer.body()).path("code").asText();
    }

    private static String record(String actor, String thread, String namespace) {
        return "{\"act\":\"KNOW\",\"actor\":\"" + actor + "\",\"thread\":\"" + thread
                + "\",\"body\":{\"kind\":\"tok.v1\",\"namespace\":\"" + namespace + "\"}}";
    }

    @Test
    void aTokenLivesUntilItIsRevoked() throws Exception {
        JsonNode made = token("--scope", "records:read", "--expires", "1h");
        String secret = made.get("token").asText();

        assertThat(code(send("GET", "/api/v1/threads", secret, ""))).isEqualTo("200");
        JsonNode listed = SERVER.json(0, "token", "list", "--json");
        assertThat(listed.toString()).contains(made.get("id").asText()).doesNotContain(secret.substring(20));
        assertThat(SERVER.cli("token", "revoke", made.get("id").asText()).exit())
                .isZero();
        HttpResponse<String> after = send("GET", "/api/v1/threads", secret, "");
        assertThat(code(after)).isEqualTo("401 UNAUTHENTICATED");
        assertThat(after.body()).contains("revoked");
        assertThat(after.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(after.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(SERVER.get("/api/v1/threads/th_actor_registry/records?limit=1000")
                        .body())
                .contains("token.created.v1", "token.revoked.v1", made.get("id").asText())
                .doesNotContain(secret.substring(20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/config/routing_rule | {"name":"r","expression":"true","target":"did:x:y"}
            /api/v1/triggers            | {"name":"r","source":"record","expression":"true","workflow":"w"}
            /api/v1/fleet/freeze        | {"mode":"soft","reason":"r"}
            """)
    void aTokenOfOneNamespaceSteersNoOther(String path, String body) throws Exception {
        String secret = token("--scope", "config:write", "--namespace", "tok/shop")
                .get("token")
                .asText();
        assertThat(code(send("POST", path, secret, body))).startsWith("403 ");
        String elsewhere = body.replaceFirst("\\{", "{\"namespace\":\"tokother\",");
        assertThat(code(send("POST", path, secret, elsewhere))).startsWith("403 ");
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        String secret =
                token("--scope", "records:read", "--expires", "1s").get("token").asText();
        Wait.until(() -> {
            HttpResponse<String> answer = SERVER.get("/api/v1/threads", "Authorization", "Bearer " + secret);
            return answer.statusCode() == 401 && answer.body().contains("expired");
        });
    }

    @ParameterizedTest
    @CsvSource({"Bearer nonsense", "Basic YTpi", "Bearer fft_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoTokenOpensNothingThoughNobodyNeedsOne(String authorization) {
        HttpResponse<String> answer = SERVER.get("/api/v1/threads", "Authorization", authorization);
        assertThat(code(answer)).isEqualTo("401 UNAUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            records:read    | GET  | /api/v1/threads              | 200
            records:read    | POST | /api/v1/records/query        | 200
            records:read    | POST | /api/v1/records              | 403 SCOPE_DENIED
            records:read    | GET  | /api/v1/executions           | 403 SCOPE_DENIED
            records:read    | GET  | /api/executions              | 403 SCOPE_DENIED
            records:read    | GET  | /api/v1/tokens               | 403 SCOPE_DENIED
            records:read    | GET  | /api/v1/health               | 200
            config:read     | GET  | /api/v1/namespaces           | 200
            config:read     | POST | /api/v1/namespaces           | 403 SCOPE_DENIED
            executions:read | GET  | /api/v1/executions           | 200
            executions:read | POST | /api/v1/executions/x/cancel  | 403 SCOPE_DENIED
            admin           | GET  | /api/v1/tokens               | 200
            """)
    void aScopeOpensWhatItSays(String scope, String method, String path, String expected) throws Exception {
        String secret = token("--scope", scope).get("token").asText();
        HttpResponse<String> answer = send(method, path, secret, method.equals("GET") ? "" : "{}");
        assertThat(code(answer)).isEqualTo(expected);
        if (answer.statusCode() == 403) {
            assertThat(TestServer.parse(answer.body()).get("scope").asText()).isNotBlank();
        }
    }

    @Test
    void onlyOwnActorsMayBeClaimed() throws Exception {
        String secret = token("--scope", "records:write,executions:write", "--actor", "did:fourfold:agent:*")
                .get("token")
                .asText();
        String records = "/api/v1/records";
        assertThat(code(send("POST", records, secret, record(ALICE, "th_tok", "default"))))
                .isEqualTo("201");
        assertThat(code(send("POST", records, secret, record("did:fourfold:agent:x", "th_tok", "default"))))
                .isEqualTo("201");
        assertThat(code(send("POST", records, secret, record("did:fourfold:user:bob", "th_tok", "default"))))
                .isEqualTo("403 ACTOR_DENIED");
        assertThat(send(
                                "POST",
                                records + "/batch",
                                secret,
                                "[" + record("did:fourfold:user:bob", "th_tok", "default") + "]")
                        .body())
                .contains("ACTOR_DENIED");
        assertThat(code(send(
                        "POST",
                        "/api/v1/executions/x/cancel",
                        secret,
                        "{}",
                        "Fourfold-Actor",
                        "did:fourfold:user:bob")))
                .isEqualTo("403 ACTOR_DENIED");
        assertThat(code(send("POST", "/api/v1/executions/x/cancel", secret, "{}")))
                .isEqualTo("404 NOT_FOUND");
        assertThat(code(send("POST", records, secret, record(ALICE, "th_engine_config", "default"))))
                .isEqualTo("403 SCOPE_DENIED");
    }

    @Test
    void whoSeesOneNamespaceReadsAndWritesNoOther() throws Exception {
        String secret = token(
                        "--scope",
                        "records:read,records:write,config:read,config:write,executions:read",
                        "--namespace",
                        "tok")
                .get("token")
                .asText();
        String thread = "th_tok_ns";
        String records = "/api/v1/records";
        assertThat(code(send("POST", records, secret, record(ALICE, thread, "tok/shop"))))
                .isEqualTo("201");
        assertThat(code(send("POST", records, secret, record(ALICE, thread, "tokother"))))
                .isEqualTo("403 NAMESPACE_REJECTED");
        assertThat(code(send("POST", records, secret, record(ALICE, thread, "default"))))
                .isEqualTo("403 NAMESPACE_REJECTED");
        HttpResponse<String> hidden = send("POST", records, null, record(ALICE, thread, "tokother"));
        String id = TestServer.parse(hidden.body()).get("id").asText();

        assertThat(code(send("GET", records + "/" + id, secret, ""))).isEqualTo("404 NOT_FOUND");
        assertThat(send("GET", "/api/v1/threads/" + thread + "/records", secret, "")
                        .body())
                .contains("tok/shop")
                .doesNotContain("tokother");
        assertThat(send("GET", "/api/v1/threads/" + thread, secret, "").body()).contains("\"records\":1,");
        JsonNode found = TestServer.parse(send("POST", records + "/query", secret, "{\"filter\":{},\"count\":true}")
                .body());
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(send("GET", "/api/v1/threads", secret, "").body())
                .contains(thread)
                .doesNotContain("th_namespace_registry");
        assertThat(send("GET", "/api/v1/namespaces", secret, "").body())
                .contains("tok/shop")
                .doesNotContain("tokother");
        assertThat(code(send("POST", "/api/v1/namespaces/tokother/archive", secret, "{}")))
                .isEqualTo("403 NAMESPACE_REJECTED");
        assertThat(code(send("GET", "/api/v1/executions", secret, ""))).isEqualTo("403 NAMESPACE_REJECTED");
        assertThat(code(send("GET", "/api/v1/threads/" + thread, null, ""))).isEqualTo("200");
    }

    @Test
    void theStreamOfRecordsShowsOnlyOwnNamespaces() throws Exception {
        String secret = token("--scope", "records:read", "--namespace", "tok")
                .get("token")
                .asText();
        HttpRequest stream = SERVER.request(
                        "/api/v1/sse/records?thread=th_tok_sse", "Authorization", "Bearer " + secret)
                .header("Last-Event-ID", "0")
                .build();
        send("POST", "/api/v1/records", null, record(ALICE, "th_tok_sse", "tokother"));
        send("POST", "/api/v1/records", null, record(ALICE, "th_tok_sse", "tok"));
        var answer = SERVER.http().send(stream, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String first =
                    lines.lines().filter(l -> l.startsWith("data:")).findFirst().orElseThrow();
            assertThat(first).contains("\"namespace\":\"tok\"").contains("\"version\":1");
        }
    }

    @Test
    void anAnswerWithASecretIsNotKeptForARepeat() throws Exception {
        String body = "{\"name\":\"t\",\"scopes\":[\"records:read\"],\"actors\":[\"" + ALICE + "\"]}";
        HttpResponse<String> first = send("POST", "/api/v1/tokens", null, body, "Idempotency-Key", "tok-1");
        HttpResponse<String> again = send("POST", "/api/v1/tokens", null, body, "Idempotency-Key", "tok-1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.body()).isNotEqualTo(first.body());
    }

    @Test
    void whereTokensAreAskedForNobodyEntersWithout() {
        try (TestServer server = new TestServer(Map.of()).up()) {
            String admin = server.json(
                            0, "token", "create", "--json", "--name", "a", "--actor", ALICE, "--scope", "admin")
                    .get("token")
                    .asText();
            String data = server.data().toString();
            String port = Integer.toString(server.port());
            assertThat(server.cli("down", "--data", data).exit()).isZero();
            Cli.Result up = Cli.run(
                    Map.of("FOURFOLD_AUTH", "token"), List.of(), "up", "--detach", "--port", port, "--data", data);
            assertThat(up.exit()).as(up.toString()).isZero();

            assertThat(code(server.get("/api/v1/executions"))).isEqualTo("401 UNAUTHENTICATED");
            assertThat(code(server.get("/api/v1/sse/activity"))).isEqualTo("401 UNAUTHENTICATED");
            assertThat(server.get("/dashboard/").statusCode()).isEqualTo(401);
            for (String open : List.of("/api/v1/health", "/health/ready", "/openapi", "/metrics")) {
                assertThat(server.get(open).statusCode()).as(open).isEqualTo(200);
            }
            assertThat(server.cli("execution", "list").exit()).isEqualTo(4);
            assertThat(server.cli("execution", "list", "--token", admin).exit()).isZero();
        }
    }
}
