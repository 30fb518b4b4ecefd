package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a caller may not see is not told on any way around either: by a test, a preview, a fact or an id. */
class HiddenIT {

    private static final TestServer SERVER = TestServer.shared();
    private static final String ALICE = "did:fourfold:user:alice";

    /** New in each run, so that the shared server's other records do not matter. */
    private final String mark = "hid" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void namespaces() {
        for (String id : new String[] {"hid", "hidother"}) {
            SERVER.cli("namespace", "create", id);
        }
    }

    private static String token(String scopes, String namespace) {
        return SERVER.json(
                        0,
                        "token",
                        "create",
                        "--json",
                        "--name",
                        "t",
                        "--actor",
                        ALICE,
                        "--scope",
                        scopes,
                        "--namespace",
                        namespace)
                .get("token")
                .asText();
    }

    private static HttpResponse<String> send(String method, String path, String token, String body) {
        HttpRequest.Builder request = SERVER.request("/api/v1" + path, "Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return SERVER.http()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private static HttpResponse<String> get(String path, String token) {
        return send("GET", path, token, "");
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return TestServer.parse(answer.body());
    }

    private static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + TestServer.parse(answer.body()).path("code").asText();
    }

    /** As the local user, who may do everything; the record's id. */
    private static String say(String thread, String act, String body) {
        return ok(send("POST", "/records", null, """
                {"thread":"%s","actor":"did:fourfold:user:local","act":"%s","body":%s}""".formatted(thread, act, body)))
                .get("id")
                .asText();
    }

    private String secret() {
        return say("th_" + mark + ".secret", "INTEND", "{\"task\":true,\"goal\":\"x\",\"namespace\":\"hidother\"}");
    }

    private String ask() {
        return say("th_decisions", "KNOW", """
                {"awaits":"actor_decision","question":"%s?","proposal":{"topic":"routing_rule",
                 "name":"%s","expression":"record.thread == 'th_%s.none'","target":"did:x:y"}}""".formatted(mark, mark, mark));
    }

    @Test
    void anApprovalPutsNoRuleIntoANamespaceOfOthers() {
        String token = token("config:read,config:write", "default");
        String path = "/decisions/" + ask();
        for (String namespace : new String[] {"hidother", "hid/x", ""}) {
            HttpResponse<String> answer = send("POST", path + "/decide", token, """
                    {"decision":"approve","edit":{"namespace":"%s"}}""".formatted(namespace));
            assertThat(code(answer)).as(namespace).isEqualTo("403 NAMESPACE_REJECTED");
        }
        assertThat(ok(get(path, token)).at("/decision/status").asText()).isEqualTo("open");
        ok(send("POST", path + "/decide", token, "{\"decision\":\"approve\"}"));
        assertThat(ok(get("/config/routing_rule", null)).toString()).contains(mark);
        assertThat(SERVER.cli("config", "remove", "routing_rule", mark).exit()).isZero();
    }

    @Test
    void aTestOfATriggerTellsNothingOfRecordsThatMayNotBeRead() {
        secret();
        ok(send("POST", "/triggers", null, """
                {"name":"%s","source":"record","workflow":"w","expression":"thread('th_%s.secret').size() > 0"}""".formatted(mark, mark)));
        String path = "/triggers/" + mark;
        assertThat(tested(path, null)).isEqualTo("fires");
        assertThat(tested(path, token("config:read,records:read", "default"))).isEqualTo("missed");
        String event = say("th_" + mark, "KNOW", "{}");
        String config = token("config:read", "default");
        assertThat(tested(path, config)).isEqualTo("missed");
        assertThat(code(get(path + "/why?event=" + event, config))).isEqualTo("403 SCOPE_DENIED");
        assertThat(ok(get(path + "/why?event=" + event, token("config:read,records:read", "default")))
                        .get("outcome")
                        .asText())
                .isEqualTo("missed");
        assertThat(SERVER.cli("trigger", "delete", mark).exit()).isZero();
    }

    private static String tested(String path, String token) {
        return ok(send("POST", path + "/test", token, "{\"payload\":{}}"))
                .get("outcome")
                .asText();
    }

    @Test
    void aPreviewOfARuleTellsNothingOfRecordsThatMayNotBeRead() {
        secret();
        say("th_" + mark, "INTEND", "{\"goal\":\"x\"}");
        String path = "/decisions/" + ask() + "/preview";
        String edit = """
                {"edit":{"expression":"thread('th_%s.secret').size() > 0 && record.thread == 'th_%s'"}}""".formatted(mark, mark);
        assertThat(matched(send("POST", path, null, edit))).isEqualTo(1);
        assertThat(matched(send("POST", path, token("config:read,records:read", "default"), edit)))
                .isZero();
        assertThat(matched(send("POST", path, token("config:read", "default"), edit)))
                .isZero();
    }

    private static int matched(HttpResponse<String> answer) {
        return ok(answer).at("/preview/matched").asInt(-1);
    }

    @Test
    void theFactsOfARuleAreThoseOfItsRecordsNamespace() {
        String intent = secret();
        for (String fact : new String[] {"thread('th_%s.secret')".formatted(mark), "task('" + intent + "')"}) {
            ok(send("POST", "/config/routing_rule", null, """
                    {"name":"%s","target":"did:x:y","priority":9,
                     "expression":"record.thread == 'th_%s' && %s.size() > 0"}""".formatted(mark, mark, fact)));
            assertThat(decided(null, "hid")).as(fact).isNotEqualTo("routing_rule");
            assertThat(decided(null, "hidother")).as(fact).isEqualTo("routing_rule");
            assertThat(decided(null, "default")).as(fact).isEqualTo("routing_rule");
        }
        String token = token("records:read", "hid");
        assertThat(decided(token, "hid")).isNotEqualTo("routing_rule");
        assertThat(code(route(token, "hidother"))).isEqualTo("403 NAMESPACE_REJECTED");
        assertThat(SERVER.cli("config", "remove", "routing_rule", mark).exit()).isZero();
    }

    private HttpResponse<String> route(String token, String namespace) {
        return send("POST", "/records/route", token, """
                {"thread":"th_%s","actor":"%s","act":"INTEND","body":{"goal":"x","namespace":"%s"}}""".formatted(mark, ALICE, namespace));
    }

    private String decided(String token, String namespace) {
        return ok(route(token, namespace)).get("decided_by").asText();
    }

    @Test
    void theFactsOfAnExpressionAreWhatItsCallerMayRead() {
        String intent = secret();
        for (String fact : new String[] {"thread('th_%s.secret')".formatted(mark), "task('" + intent + "')"}) {
            String asked = "{\"context\":\"routing\",\"expression\":\"" + fact + ".size() > 0\"}";
            String path = "/expressions/eval";
            assertThat(ok(send("POST", path, null, asked)).get("value").asBoolean())
                    .isTrue();
            for (String token :
                    new String[] {token("config:read,records:read", "hid"), token("config:read", "hidother")}) {
                assertThat(ok(send("POST", path, token, asked)).get("value").asBoolean())
                        .isFalse();
            }
        }
    }

    @Test
    void aLookupNamesNoIdOfOthers() {
        String thread = "th_" + mark + ".lookup";
        for (int i = 0; i < 2; i++) {
            say(thread, "INTEND", "{\"goal\":\"x\",\"to\":\"did:x:nobody\",\"namespace\":\"hidother\"}");
        }
        Wait.until(
                () -> ok(get("/dispatches?thread=" + thread, null)).get("total").asInt() == 2);
        String dispatch = ok(get("/dispatches?thread=" + thread, null))
                .at("/dispatches/0/id")
                .asText();
        String decision = say("th_decisions", "KNOW", """
                {"awaits":"actor_decision","question":"%s","namespace":"hidother"}""".formatted(mark));
        String token = token("records:read,config:read,executions:read", "hid");
        for (String path : new String[] {
            "/dispatches/dsp-",
            "/dispatches/" + dispatch,
            "/dispatches/" + dispatch.substring(0, 8),
            "/decisions/" + decision,
            "/decisions/" + decision.substring(0, 1),
            "/threads/" + thread,
            "/namespaces/hidother"
        }) {
            HttpResponse<String> answer = get(path, token);
            assertThat(code(answer)).as(path).isEqualTo("404 NOT_FOUND");
            String asked = path.substring(path.lastIndexOf('/') + 1);
            assertThat(answer.body().replace(asked, ""))
                    .as(path)
                    .doesNotContain("candidates", mark, dispatch, decision);
        }
        assertThat(get("/dispatches", token).body()).doesNotContain(dispatch);
        assertThat(get("/unrouted", token).body()).doesNotContain(mark);
        assertThat(get("/decisions", token).body()).doesNotContain(decision);
    }
}
