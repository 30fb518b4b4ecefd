package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Questions to the log, through REST and the command line. */
class QueryIT {

    private final TestServer server = TestServer.shared();

    /** New in each run, so that the shared server's other records do not matter. */
    private final String thread = "th_query_" + UUID.randomUUID().toString().substring(0, 8);

    private JsonNode post(String body) {
        String draft = "{\"act\":\"KNOW\",\"actor\":\"did:a:b\",\"thread\":\"" + thread + "\",\"body\":" + body + "}";
        HttpResponse<String> answer = server.post("/api/v1/records", "application/json", draft);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestServer.parse(answer.body());
    }

    @Test
    void recordsAreFoundByTheirBodies() {
        for (int i = 0; i < 5; i++) {
            post("{\"kind\":\"order.v1\",\"amount\":" + i + "}");
        }
        String filter = "{\"thread\":\"" + thread + "\",\"body.amount\":{\"$gte\":2}}";

        JsonNode found = server.json(0, "record", "query", filter, "--limit", "2", "--count", "--json");
        assertThat(found.get("total").asInt()).isEqualTo(3);
        assertThat(found.get("records")).hasSize(2);
        JsonNode rest = server.json(
                0,
                "record",
                "query",
                filter,
                "--json",
                "--cursor",
                found.get("next").asText());
        assertThat(rest.get("records").get(0).path("body").path("amount").asInt())
                .isEqualTo(4);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(server.cli("record", "query", filter, "--explain").out()).contains("log_entry");
    }

    @Test
    void aWrongQuestionIsRefusedWithItsPlace() {
        HttpResponse<String> answer =
                server.post("/api/v1/records/query", "application/json", "{\"filter\":{\"$or\":[{\"colour\":1}]}}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(TestServer.parse(answer.body()).get("field").asText()).isEqualTo("filter.$or[0].colour");
    }

    @Test
    void aDeclaredKindGetsItsIndexesAndLosesThem() {
        String kind = "kind." + thread;
        declare(kind, true);
        Wait.until(() -> {
            JsonNode indexes = declared(kind).path("indexes");
            return indexes.size() == 2
                    && indexes.get(0).get("ready").asBoolean()
                    && indexes.get(1).get("ready").asBoolean();
        });
        declare(kind, false);
        Wait.until(() -> declared(kind).isMissingNode());
    }

    private void declare(String kind, boolean enabled) {
        String body = "{\"topic\":\"body_kind\",\"name\":\"" + thread + "\",\"kind\":\"" + kind
                + "\",\"paths\":[\"body.customer.id\"],\"enabled\":" + enabled + "}";
        String draft =
                "{\"act\":\"LEARN\",\"actor\":\"did:a:b\",\"thread\":\"th_engine_config\",\"body\":" + body + "}";
        assertThat(server.post("/api/v1/records", "application/json", draft).statusCode())
                .isEqualTo(201);
    }

    private JsonNode declared(String kind) {
        for (JsonNode one : server.read("/api/v1/body-kinds").get("body_kinds")) {
            if (one.get("kind").asText().equals(kind)) {
                return one;
            }
        }
        return TestServer.JSON.missingNode();
    }

    @Test
    void aThreadIsShownAsItWas() {
        String draft =
                "{\"act\":\"INTEND\",\"actor\":\"did:a:b\",\"thread\":\"" + thread + "\",\"body\":{\"goal\":\"x\"}}";
        JsonNode intent = TestServer.parse(
                server.post("/api/v1/records", "application/json", draft).body());
        String opened = intent.get("position").asText();
        post("{\"fulfills\":\"" + intent.get("id").asText() + "\"}");

        assertThat(server.json(0, "thread", "show", thread, "--as-of", opened, "--json")
                        .get("status")
                        .asText())
                .isEqualTo("open");
        Wait.until(() -> server.json(0, "thread", "show", thread, "--json")
                .get("status")
                .asText()
                .equals("closed"));
        JsonNode then = server.json(0, "thread", "records", thread, "--as-of", opened, "--json");
        assertThat(then.get("records")).hasSize(1);
        JsonNode list = server.json(0, "thread", "list", "--as-of", opened, "--page-size", "1", "--json");
        assertThat(list.get("threads").get(0).get("thread").asText()).isEqualTo(thread);
        assertThat(list.get("threads").get(0).get("status").asText()).isEqualTo("open");
        String at = intent.get("recorded_at").asText();
        assertThat(server.json(0, "thread", "show", thread, "--as-of", at, "--json")
                        .get("status")
                        .asText())
                .isEqualTo("open");
        assertThat(server.get("/api/v1/threads?as_of=1&page=2").statusCode()).isEqualTo(422);
        assertThat(server.get("/api/v1/threads/" + thread + "?as_of=yesterday").statusCode())
                .isEqualTo(422);
    }

    @Test
    void archivingANamespaceCutsThoseBelow() {
        String top = thread.substring(3).replace('_', '-');
        assertThat(server.cli("namespace", "create", top + "/shop").exit()).isEqualTo(4);
        assertThat(server.cli("namespace", "create", top, "--policy", "{\"keep\":1}")
                        .exit())
                .isZero();
        assertThat(server.cli("namespace", "create", top + "/shop").exit()).isZero();
        post("{\"namespace\":\"" + top + "/shop\"}");
        assertThat(server.cli("namespace", "archive", top).exit()).isZero();
        JsonNode shown = server.json(0, "namespace", "show", top + "/shop", "--json");
        assertThat(shown.get("status").asText()).isEqualTo("active");
        assertThat(shown.get("open").asBoolean()).isFalse();
        String draft = "{\"act\":\"KNOW\",\"actor\":\"did:a:b\",\"thread\":\"" + thread
                + "\",\"body\":{\"namespace\":\"" + top + "/shop\"}}";
        HttpResponse<String> refused = server.post("/api/v1/records", "application/json", draft);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(TestServer.parse(refused.body()).get("link").asText()).isEqualTo(top);
        assertThat(server.json(0, "namespace", "activate", top, "--json")
                        .get("policy")
                        .get("keep")
                        .asInt())
                .isEqualTo(1);
        post("{\"namespace\":\"" + top + "/shop\"}");
    }
}
