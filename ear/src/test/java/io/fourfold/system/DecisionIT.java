package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a record that nobody covers to a rule that does: the real server asks a scripted model over real HTTP. */
class DecisionIT {

    private static final String KEY = "sk-for-the-scripted-model";

    /** The one text that the scripted model says. */
    private static final String PROPOSAL = """
            {"name":"deployments","expression":"has(record.body.kind) && record.body.kind == 'deploy'",\
            "target":"did:x:deployer","priority":3,"confidence":0.9,"rationale":"It asks for a deployment."}""";

    @TempDir
    static Path folder;

    private static FakeModel model;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        model = FakeModel.saying(PROPOSAL, folder);
        Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
        server = new TestServer(
                Map.of("FOURFOLD_INTELLIGENCE_URL", model.url(), "FOURFOLD_INTELLIGENCE_KEY_FILE", key.toString()));
        server.up();
        var adapter = server.post(
                "/api/v1/config/adapter",
                "application/json",
                "{\"name\":\"deployer\",\"did\":\"did:x:deployer\",\"family\":\"human\"}");
        assertThat(adapter.statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (model != null) {
            model.close();
        }
    }

    private static String say(String thread, String act, String body) {
        var answer = server.post("/api/v1/records", "application/json", """
                {"thread":"%s","actor":"did:fourfold:user:alice","act":"%s","body":%s}""".formatted(thread, act, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestServer.parse(answer.body()).get("id").asText();
    }

    /** The dispatch of the one record on a thread, when it is where it is to be. */
    private static JsonNode dispatch(String thread, String status) {
        String path = "/api/v1/dispatches?thread=" + thread + "&status=" + status;
        Wait.until(() -> server.read(path).get("total").asInt() == 1);
        return server.read(path).get("dispatches").get(0);
    }

    private static JsonNode decisions(String status) {
        return server.read("/api/v1/decisions?status=" + status).get("decisions");
    }

    @Test
    void anUnmatchedRecordBecomesAProposalAndApprovedARuleThatRoutesTheNext() throws Exception {
        String first = say("th_shop.1", "INTEND", "{\"kind\":\"deploy\",\"goal\":\"deploy the shop\"}");
        JsonNode asked = dispatch("th_shop.1", "succeeded");
        assertThat(asked.get("decided_by").asText()).isEqualTo("intelligence");
        assertThat(asked.get("family").asText()).isEqualTo("intelligence");
        JsonNode paid = model.ledger().get(0);
        assertThat(asked.get("tokens_in").asLong())
                .isEqualTo(paid.get("input_tokens").asLong()
                        + paid.get("cache_read_input_tokens").asLong());
        assertThat(asked.get("tokens_out").asLong())
                .isEqualTo(paid.get("output_tokens").asLong());
        assertThat(new BigDecimal(asked.get("cost_usd").asText())).isPositive();
        assertThat(model.requests()).contains("/v1/messages", KEY);

        String id = decisions("open").get(0).get("id").asText();
        JsonNode shown = server.read("/api/v1/decisions/" + id);
        assertThat(shown.at("/decision/records/0").asText()).isEqualTo(first);
        assertThat(shown.at("/decision/proposal/target").asText()).isEqualTo("did:x:deployer");
        assertThat(shown.at("/preview/matched").asInt()).isEqualTo(1);
        assertThat(shown.at("/preview/records/0/record").asText()).isEqualTo(first);
        assertThat(shown.at("/preview/records/0/decided_by").asText()).isEqualTo("intelligence");

        String second = say("th_shop.2", "INTEND", "{\"kind\":\"deploy\",\"goal\":\"deploy it again\"}");
        JsonNode merged = dispatch("th_shop.2", "succeeded");
        assertThat(merged.get("tokens_out").asLong()).isZero();
        assertThat(decisions("open")).hasSize(1);
        assertThat(decisions("open").get(0).get("records")).hasSize(2);
        assertThat(decisions("open").get(0).get("records").get(1).asText()).isEqualTo(second);

        JsonNode tried = server.json(0, "decision", "show", id, "--set", "expression=false", "--json");
        assertThat(tried.at("/preview/matched").asInt()).isZero();
        JsonNode approved = server.json(
                0, "decision", "approve", id.substring(0, 12), "--set", "name=deploys", "--reason", "yes", "--json");
        assertThat(approved.get("status").asText()).isEqualTo("approved");
        assertThat(approved.at("/rule/name").asText()).isEqualTo("deploys");
        say("th_shop.3", "INTEND", "{\"kind\":\"deploy\",\"goal\":\"and once more\"}");
        JsonNode routed = dispatch("th_shop.3", "handed_over");
        assertThat(routed.get("decided_by").asText()).isEqualTo("routing_rule");
        assertThat(routed.get("rule").asText()).isEqualTo("default/deploys");
        assertThat(routed.get("target").asText()).isEqualTo("did:x:deployer");
        assertThat(server.read("/api/v1/threads/th_shop.1").get("status").asText())
                .isEqualTo("open");

        assertThat(server.cli("decision", "reject", id).exit()).isEqualTo(4);
        var again =
                server.post("/api/v1/decisions/" + id + "/decide", "application/json", "{\"decision\":\"approve\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("WRONG_STATE");
        assertThat(model.requests().lines().filter(line -> line.contains("/v1/messages")))
                .hasSize(1 + callsOfTheOtherTests());
    }

    /** The proposal that the script repeats does not fit this record, and is refused twice. */
    private static int callsOfTheOtherTests() {
        return 2 * server.read("/api/v1/dispatches?status=failed").get("total").asInt();
    }

    @Test
    void aProposalThatDoesNotFitFailsWithItsReasonAndItsCost() {
        say("th_other", "INTEND", "{\"kind\":\"other\",\"goal\":\"something else\"}");
        JsonNode failed = dispatch("th_other", "failed");
        assertThat(failed.get("failure_reason").asText()).contains("expected it to hold for the record");
        assertThat(new BigDecimal(failed.get("cost_usd").asText())).isPositive();
    }

    @Test
    void plainRecordsAskAndAnswerToo() {
        String asked = say("th_decisions", "KNOW", """
                {"awaits":"actor_decision","question":"Route tests?","proposal":{"topic":"routing_rule",
                 "name":"tests","expression":"record.thread == 'th_tests'","target":"did:x:tester"}}""");
        say("th_decisions", "DO", "{\"fulfills\":\"" + asked + "\"}");
        Wait.until(() -> server.read("/api/v1/config/routing_rule")
                .get("entries")
                .findValuesAsText("name")
                .contains("tests"));
        assertThat(server.read("/api/v1/decisions/" + asked)
                        .at("/decision/status")
                        .asText())
                .isEqualTo("approved");
    }

    @Test
    void wrongAnswersAreRefused() {
        String asked = say("th_decisions", "KNOW", """
                {"awaits":"actor_decision","question":"Route more?","proposal":{"topic":"routing_rule",
                 "name":"more","expression":"record.thread == 'th_more'","target":"did:x:more"}}""");
        String decide = "/api/v1/decisions/" + asked + "/decide";
        for (String body : new String[] {
            "{}",
            "{\"decision\":\"maybe\"}",
            "{\"decision\":\"approve\",\"edit\":7}",
            "{\"decision\":\"approve\",\"edit\":{\"target\":\"bob\"}}",
            "{\"decision\":\"reject\",\"edit\":{\"target\":\"did:x:y\"}}",
            "{\"decision\":\"approve\",\"colour\":\"red\"}"
        }) {
            assertThat(server.post(decide, "application/json", body).statusCode())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(server.get("/api/v1/decisions?status=odd").statusCode()).isEqualTo(422);
        assertThat(server.get("/api/v1/decisions/zz").statusCode()).isEqualTo(404);
        JsonNode rejected = server.json(0, "decision", "reject", asked, "--reason", "no", "--json");
        assertThat(rejected.get("status").asText()).isEqualTo("rejected");
    }

    @Test
    void theKeyIsShownNowhere() throws Exception {
        assertThat(server.get("/api/v1/settings").body())
                .contains("fourfold.intelligence.key")
                .doesNotContain(KEY);
        assertThat(Files.readString(server.data().resolve("logs/server.log"))).doesNotContain(KEY);
    }
}
