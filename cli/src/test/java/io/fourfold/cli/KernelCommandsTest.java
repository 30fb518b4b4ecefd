package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.cli.StubServer.Ran;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, threads, namespaces and tokens. */
final class KernelCommandsTest {

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record query",
                "record query []",
                "record query {",
                "thread show",
                "namespace create",
                "trigger show",
                "trigger register a workflow",
                "trigger test a --payload []",
                "namespace create a --policy {",
                "token create --name n --scope admin",
                "token create --name n --scope admin --actor did:a:b --expires 90",
                "token create --name n --scope admin --actor did:a:b --expires 0d",
                "namespace list --token é",
                "decision approve",
                "decision approve d --set priority",
                "decision reject d --set priority=5",
                "config list --as-of 7",
                "config add routing_rule",
                "config add routing_rule a b",
                "config add routing_rule a b=1 b=2",
                "config add routing_rule a name=b",
                "config add routing_rule a -f /nowhere/there.json",
                "config add routing_rule a b=1 -f x.json",
                "config remove routing_rule"
            })
    void wrongUsageEndsWithTwoAndAsksTheServerNothing(String line) {
        Ran ran = server.run(line.split(" "));

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            thread list --status open --as-of 7 | GET /api/v1/threads?as_of=7&page=1&page_size=50&status=open | ``
            thread show th_x --as-of 7          | GET /api/v1/threads/th_x/state?as_of=7                      | ``
            thread records th_x --as-of 7       | GET /api/v1/threads/th_x/records?as_of=7                    | ``
            namespace list                      | GET /api/v1/namespaces                                      | ``
            namespace show a/b                  | GET /api/v1/namespaces/a/b                                  | ``
            namespace create a --policy 7       | POST /api/v1/namespaces                                     | {"id":"a","description":null,"policy":7}
            trigger list                        | GET /api/v1/triggers                                        | ``
            trigger pause a --namespace b/c     | POST /api/v1/triggers/a/pause?namespace=b%2Fc               | {"reason":null}
            trigger delete a                    | DELETE /api/v1/triggers/a                                   | ``
            trigger why a 7f                    | GET /api/v1/triggers/a/why?event=7f                         | ``
            trigger history a --limit 3         | GET /api/v1/triggers/a/history?limit=3                      | ``
            trigger test a --payload {"b":1}    | POST /api/v1/triggers/a/test                                | {"payload":{"b":1}}
            trigger register a cooldown=5 c=[1] | POST /api/v1/triggers                                       | {"name":"a","cooldown":5,"c":[1]}
            trigger enable review-fix x=*/5     | POST /api/v1/triggers                                       | {"preset":"review-fix","x":"*/5"}
            namespace archive a/b               | POST /api/v1/namespaces/a/b/archive                         | {}
            namespace activate a/b              | POST /api/v1/namespaces/a/b/activate                        | {}
            config list                         | GET /api/v1/config                                          | ``
            config list trigger                 | GET /api/v1/config/trigger                                  | ``
            config list trigger --as-of 7       | GET /api/v1/config/trigger?asOfPosition=7                   | ``
            config list trigger --as-of 2026-11-20T05:57:18Z | GET /api/v1/config/trigger?asOf=2026-11-20T05%3A57%3A18Z | ``
            config add stall_window default hours=48 | POST /api/v1/config/stall_window                       | {"hours":48,"name":"default"}
            config add trigger a expression=true x=true y=1.50 z=[1] s=a=b --namespace n | POST /api/v1/config/trigger | {"expression":"true","x":true,"y":1.5,"z":[1],"s":"a=b","name":"a","namespace":"n"}
            config remove trigger a             | DELETE /api/v1/config/trigger/a                             | ``
            config remove trigger a:*b --namespace n/m | DELETE /api/v1/config/trigger/a%3A*b?namespace=n%2Fm | ``
            config history trigger a            | GET /api/v1/config/trigger/a/history                        | ``
            token list                          | GET /api/v1/tokens                                          | ``
            token revoke t                      | POST /api/v1/tokens/t/revoke                                | {}
            decision list                       | GET /api/v1/decisions?page=1&page_size=50                   | ``
            decision list --status open         | GET /api/v1/decisions?page=1&page_size=50&status=open       | ``
            decision show d                     | GET /api/v1/decisions/d                                     | ``
            decision show d --set priority=5    | POST /api/v1/decisions/d/preview                            | {"edit":{"priority":5}}
            decision approve d                  | POST /api/v1/decisions/d/decide                             | {"decision":"approve"}
            decision approve d --set target=x:y --set expression=a=='5' --reason r | POST /api/v1/decisions/d/decide | {"decision":"approve","edit":{"target":"x:y","expression":"a=='5'"},"reason":"r"}
            decision reject d --reason r        | POST /api/v1/decisions/d/decide                             | {"decision":"reject","reason":"r"}
            record query {} --limit 5           | POST /api/v1/records/query                                  | {"filter":{},"count":false,"explain":false,"limit":5}
            """)
    void aCommandAsksWhatItSays(String line, String what, String body) {
        server.on(what, 200, "{\"id\":\"x\"}");

        Ran ran = server.run(line.split(" "));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.what()).isEqualTo(what);
            assertThat(asked.body()).isEqualTo(body);
            assertThat(asked.authorization()).isNull();
        });
    }

    @Test
    void aNewTokenStandsAloneOnStandardOutput() {
        server.on("POST /api/v1/tokens", 201, "{\"id\":\"t1\",\"token\":\"fft_t1_secret\"}");

        Ran ran = server.run(Arrays.asList(
                        "token",
                        "create",
                        "--name=ci",
                        "--scope=records:read,records:write",
                        "--actor=did:a:b",
                        "--expires=90d")
                .toArray(String[]::new));

        assertThat(ran.out().strip()).isEqualTo("fft_t1_secret");
        assertThat(ran.err()).contains("fourfold token revoke t1");
        assertThat(server.asked().get(0).body())
                .isEqualTo("{\"name\":\"ci\",\"scopes\":[\"records:read\",\"records:write\"],\"actors\":[\"did:a:b\"],"
                        + "\"namespaces\":[],\"expires_in_seconds\":7776000}");
    }

    @Test
    void aTokenIsSentWithTheRequest() {
        server.on("GET /api/v1/namespaces", 200, "{\"namespaces\":[]}");

        server.run("namespace", "list", "--token", "fft_x");

        assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer fft_x");
    }

    @Test
    void aDecisionIsShownWithWhatItWouldRoute() {
        server.on("GET /api/v1/decisions/d", 200, """
                {"decision":{"id":"d1","status":"open","question":"Send it there?","confidence":0.9,
                 "proposal":{"topic":"routing_rule","name":"n","target":"did:x:y"},"rule":null},
                 "preview":{"tried":7,"matched":1,"failed":2,"records":[{"thread":"th_a","goal":"ship",
                 "recorded_at":"2026-03-01T12:00:00Z","decided_by":"default","target":null}]}}""");

        assertThat(server.run("decision", "show", "d").out().lines())
                .containsExactly(
                        "d1  open",
                        "  question: Send it there?",
                        "  confidence: 0.9",
                        "  routing_rule.name: n",
                        "  routing_rule.target: did:x:y",
                        "It holds for 1 of the latest 7 records that are routed, and could not be evaluated on 2:",
                        "  2026-03-01 12:00:00  th_a  ship  (today by default: -)");
    }

    @Test
    void whatIsInForceIsATableAndWhatWasRefusedIsSaidBesideIt() {
        String record = "0123456789ab".repeat(5) + "cdef";
        server.on("GET /api/v1/config/routing_rule", 200, """
                {"topic":"routing_rule","position":9,"entries":[{"name":"a","namespace":"default","record":"%s",
                "enabled":true,"body":{"topic":"routing_rule","name":"a","expression":"x > 1","priority":5}}],
                "refused":[{"record":"%s","name":"b","reason":"target: expected did"}]}""".formatted(record, record));

        Ran ran = server.run("config", "list", "routing_rule");

        assertThat(ran.out())
                .contains("NAME  NAMESPACE  RECORD")
                .contains("a     default    0123456789ab")
                .contains("expression=x > 1  priority=5")
                .doesNotContain("target");
        assertThat(ran.err()).contains("Refused: b: target: expected did (record " + record + ")");
    }

    @Test
    void aHistoryTellsWhatBecameOfEachRecord() {
        server.on("GET /api/v1/config/routing_rule/a/history", 200, """
                {"records":[
                {"position":4,"actor":"did:a:b","valid":false,"reason":"target: bad","in_force":false,"body":{}},
                {"position":3,"actor":"did:a:b","valid":true,"in_force":true,"body":{"priority":7}},
                {"position":2,"actor":"did:a:b","valid":true,"in_force":false,"body":{"enabled":false}},
                {"position":1,"actor":"did:a:b","valid":true,"in_force":false,"body":{}}]}""");

        assertThat(server.run("config", "history", "routing_rule", "a").out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).contains("STATE"),
                        refused -> assertThat(refused).contains("refused").contains("target: bad"),
                        now -> assertThat(now).contains("in force").contains("priority=7"),
                        ended -> assertThat(ended).contains("ended it"),
                        first -> assertThat(first).contains("replaced"));
    }

    @Test
    void aPlanIsShownAsItIs() {
        server.on("POST /api/v1/records/query", 200, "{\"plan\":[\"Limit\",\"  ->  Index Scan\"],\"indexes\":[]}");

        assertThat(server.run("record", "query", "{}", "--explain").out()).isEqualTo("Limit\n  ->  Index Scan\n");
    }
}
