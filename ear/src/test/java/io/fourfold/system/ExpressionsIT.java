package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions are tried out through REST and the command line. */
class ExpressionsIT {

    private final TestServer server = TestServer.shared();

    private HttpResponse<String> post(String path, String body) {
        return server.post("/api/v1/expressions/" + path, "application/json", body);
    }

    @Test
    void aCheckSaysWhatIsWrongAndWhere() {
        JsonNode wrong = TestServer.parse(
                post("check", "{\"context\":\"join\",\"expression\":\"children.size() > 1 && nobody\"}")
                        .body());
        assertThat(wrong.get("ok").asBoolean()).isFalse();
        assertThat(wrong.at("/error/message").asText())
                .isEqualTo("undeclared reference to 'nobody': join binds children, parent");
        assertThat(wrong.at("/error/line").asInt()).isEqualTo(1);
        assertThat(wrong.at("/error/column").asInt()).isEqualTo(24);
        JsonNode right = TestServer.parse(post("check", "{\"context\":\"routing\",\"expression\":\"true\"}")
                .body());
        assertThat(right.get("ok").asBoolean()).isTrue();
        assertThat(right.get("error").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"context":"routing","expression":"1 + 1"}                          | 200 | "value":2
            {"context":"routing","expression":"[1.5, null, 'x']"}               | 200 | "value":[1.5,null,"x"]
            {"context":"routing","expression":"record.body.n > 2","bindings":{"record":{"body":{"n":3}}}} | 200 | "value":true
            {"context":"routing","expression":"current_actor()"}                | 200 | "value":"did:fourfold:user:local"
            {"context":"routing","expression":"now() > timestamp(0)"}           | 200 | "value":true
            {"context":"routing","expression":"nobody"}                         | 422 | "column":1
            {"context":"routing","expression":"1 / 0"}                          | 422 | expression: evaluation error
            {"context":"routing","expression":"true","bindings":{"colour":1}}   | 422 | bindings.colour: expected one of [record, system]
            {"context":"rooting","expression":"true"}                           | 422 | context: expected one of routing, trigger
            {"context":"routing"}                                               | 422 | expression: expected a value
            {"context":"routing","expression":"true","colour":1}                | 422 | colour: expected one of
            """)
    void anEvalAnswersOrSaysWhyNot(String body, int status, String part) {
        HttpResponse<String> answer = post("eval", body);
        assertThat(answer.body()).contains(part);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void theCommandLineEvaluatesAStoredRecordAndItsThread() {
        String thread = "th_expr_" + UUID.randomUUID().toString().substring(0, 8);
        String draft = "{\"act\":\"INTEND\",\"actor\":\"did:a:b\",\"thread\":\"" + thread
                + "\",\"body\":{\"goal\":\"x\",\"task\":true}}";
        String id = TestServer.parse(server.post("/api/v1/records", "application/json", draft)
                        .body())
                .get("id")
                .asText();
        JsonNode value = server.json(
                0,
                "expr",
                "eval",
                "{'goal': record.body.goal, 'count': thread().count, 'task': task().status, 'old': record.recorded_at > now()}",
                "--record",
                id,
                "--json");
        assertThat(value.get("value").toString())
                .isEqualTo("{\"goal\":\"x\",\"count\":1,\"task\":\"inbox\",\"old\":false}");
        assertThat(server.cli("expr", "check", "record.act ==").err()).contains("^\nline 1, column 14: ");
        assertThat(server.cli("expr", "check", "record.act ==").exit()).isEqualTo(2);
    }

    @Test
    void howExpressionsFareIsCounted() {
        long before = stats().get("evaluations").asLong();
        post("eval", "{\"context\":\"routing\",\"expression\":\"1 / 0\"}");
        JsonNode after = stats();
        assertThat(after.get("evaluations").asLong()).isGreaterThan(before);
        assertThat(after.get("errors").asLong()).isPositive();
        assertThat(after.get("capacity").asInt()).isEqualTo(1_024);
        HttpResponse<String> metrics = server.get("/metrics?scope=application", "Accept", "text/plain");
        assertThat(metrics.body()).contains("fourfold_expressions_evaluations", "fourfold_expressions_stopped");
    }

    private JsonNode stats() {
        return TestServer.parse(server.get("/api/v1/engine/expressions", "Accept", "application/json")
                .body());
    }
}
