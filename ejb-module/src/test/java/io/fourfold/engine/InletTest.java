package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.namespace.Namespace;
import io.fourfold.namespace.NamespaceDesk;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.namespace.Namespaces;
import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import io.fourfold.trust.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InletTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final Steering steering = Steering.of(log, new Expressions());
    private final Namespaces namespaces = steering.namespaces();
    private final EngineConfigs configs = steering.configs();
    private final Inlet inlet = inlet(steering);

    private Inlet inlet() {
        return inlet(Steering.of(log, new Expressions()));
    }

    private Inlet inlet(Steering steering) {
        return new Inlet(new IngestLoop(log, new Doorbell()), steering, log, new Trust(), Clock.systemUTC());
    }

    @Test
    void aRequestBecomesARecord() {
        Receipt receipt = request("{\"act\":\"DO\",\"actor\":\"" + ALICE + "\",\"body\":{},\"thread\":\"th_x\"}");

        assertThat(((Receipt.Stored) receipt).entry().namespace()).isEqualTo("default");
    }

    @Test
    void aFaultyRequestIsAnsweredWithFieldAndReason() {
        Refusal refusal =
                refused(request("{\"act\":\"DOO\",\"actor\":\"" + ALICE + "\",\"body\":{},\"thread\":\"th_x\"}"));

        assertThat(refusal.code()).isEqualTo(Code.INVALID_RECORD);
        assertThat(refusal.details()).containsEntry("field", "act").containsKey("reason");
    }

    @Test
    void nobodyButACommandWritesWhatWasDecided() {
        for (String noun : new String[] {"execution", "workflow", "workspace", "session", "artifact"}) {
            Refusal refusal = refused(request("{\"act\":\"KNOW\",\"actor\":\"" + ALICE
                    + "\",\"body\":{\"kind\":\"x\"},\"thread\":\"th_" + noun + ".x\"}"));
            assertThat(refusal.code()).isEqualTo(Code.INVALID_RECORD);
            assertThat(refusal.details()).containsEntry("field", "thread");
        }
        assertThat(log.head()).isZero();
    }

    @Test
    void aMalformedNamespaceIsRefused() {
        assertThat(refused(record("\"Acme\"")).code()).isEqualTo(Code.NAMESPACE_INVALID);
        assertThat(refused(record("7")).code()).isEqualTo(Code.NAMESPACE_INVALID);
        assertThat(record("null")).isInstanceOf(Receipt.Stored.class);
        assertThat(record("\"default\"")).isInstanceOf(Receipt.Stored.class);
    }

    @Test
    void theNextRecordObeysTheRegistry() {
        Refusal refusal = refused(record("\"acme/prod\""));
        assertThat(refusal.code()).isEqualTo(Code.NAMESPACE_REJECTED);
        assertThat(refusal.details())
                .containsEntry("link", "acme")
                .containsEntry("command", "fourfold namespace create acme");

        register("acme", "active");
        assertThat(refused(record("\"acme/prod\"")).details()).containsEntry("link", "acme/prod");

        register("acme/prod", "active");
        assertThat(record("\"acme/prod\"")).isInstanceOf(Receipt.Stored.class);

        register("acme", "archived");
        assertThat(refused(record("\"acme/prod\"")).message())
                .isEqualTo(
                        "Expected namespace acme to be active, but it is archived: fourfold namespace activate acme");
        assertThat(log.head()).isEqualTo(4);
    }

    @Test
    void aNamespaceRegisteredOnAnotherNodeIsFound() {
        Inlet other = inlet();
        other.accept(entry("acme", "active"));

        assertThat(record("\"acme\"")).isInstanceOf(Receipt.Stored.class);
    }

    @Test
    void archivingCutsAllBelowOnTheNextAppend() {
        NamespaceDesk desk = new NamespaceDesk(namespaces);
        for (String id : List.of("acme", "acme/shop", "acme/shop/prod")) {
            assertThat(desk.create(id, "d", null, ALICE, inlet::accept)).isInstanceOf(NamespaceDesk.Outcome.Done.class);
        }
        assertThat(record("\"acme/shop/prod\"")).isInstanceOf(Receipt.Stored.class);

        desk.change("acme", Namespace.Status.ARCHIVED, ALICE, inlet::accept);

        for (String id : List.of("acme", "acme/shop", "acme/shop/prod")) {
            assertThat(refused(record("\"" + id + "\"")).details()).containsEntry("link", "acme");
        }
        desk.change("acme", Namespace.Status.ACTIVE, ALICE, inlet::accept);
        assertThat(record("\"acme/shop/prod\"")).isInstanceOf(Receipt.Stored.class);
    }

    @Test
    void archivingOnAnotherNodeCutsOnceThisOneHasCaughtUp() {
        register("acme", "active");
        register("acme/shop", "active");
        assertThat(record("\"acme/shop\"")).isInstanceOf(Receipt.Stored.class);
        inlet().accept(entry("acme", "archived"));

        namespaces.catchUp();

        assertThat(refused(record("\"acme/shop\"")).details()).containsEntry("link", "acme");
    }

    @Test
    void whoMayNotIsRefusedAtEveryDoor() {
        Inlet own = inlet.under(
                new Rights(Set.of(Scope.RECORDS_WRITE), List.of(new ActorPattern(ALICE.value())), List.of()));
        byte[] alice = ("{\"act\":\"DO\",\"actor\":\"" + ALICE + "\",\"body\":{},\"thread\":\"th_x\"}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bob = "{\"act\":\"DO\",\"actor\":\"did:a:bob\",\"body\":{},\"thread\":\"th_x\"}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(refused(own.accept(bob)).code()).isEqualTo(Code.ACTOR_DENIED);
        assertThat(own.accept(alice)).isInstanceOf(Receipt.Stored.class);
        assertThat(own.acceptRequests(List.of(bob, alice, bob)))
                .satisfiesExactly(
                        first -> assertThat(refused(first).code()).isEqualTo(Code.ACTOR_DENIED),
                        second -> assertThat(second).isInstanceOf(Receipt.Stored.class),
                        third -> assertThat(refused(third).code()).isEqualTo(Code.ACTOR_DENIED));
        assertThat(inlet.accept(bob)).isInstanceOf(Receipt.Stored.class);
    }

    @Test
    void oneRejectedRecordRefusesItsWholeAppend() {
        Draft good = Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.EMPTY);
        Draft bad = Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.parse("{\"namespace\":\"nowhere\"}"));

        Receipt receipt = inlet.accept(new Append(List.of(good, bad), io.fourfold.log.Expect.ANYTHING));

        assertThat(refused(receipt).code()).isEqualTo(Code.NAMESPACE_REJECTED);
        assertThat(log.head()).isZero();
    }

    @Test
    void inOneCallANamespaceIsInForceForTheRecordsAfterItAndNotBefore() {
        Append inside =
                Append.of(Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.parse("{\"namespace\":\"acme\"}")));

        List<Receipt> receipts = inlet.acceptAll(
                List.of(inside, entry("acme", "active"), inside, entry("acme", "archived"), inside, inside));

        assertThat(receipts)
                .extracting(receipt -> receipt instanceof Receipt.Stored)
                .containsExactly(false, true, true, true, false, false);
        assertThat(refused(receipts.get(5)).code()).isEqualTo(Code.NAMESPACE_REJECTED);
    }

    private Receipt request(String json) {
        return inlet.accept(json.getBytes(StandardCharsets.UTF_8));
    }

    private Receipt record(String namespace) {
        Json body = Json.parse("{\"namespace\":" + namespace + "}");
        return inlet.accept(Append.of(Draft.of(new ThreadId("th_x"), ALICE, Act.DO, body)));
    }

    private void register(String id, String status) {
        assertThat(inlet.accept(entry(id, status))).isInstanceOf(Receipt.Stored.class);
    }

    private static Append entry(String id, String status) {
        Json body = Json.parse("{\"topic\":\"namespace_entry\",\"id\":\"" + id + "\",\"status\":\"" + status + "\"}");
        return Append.of(Draft.of(NamespaceRegistry.THREAD, ALICE, Act.LEARN, body));
    }

    private static Refusal refused(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
        return ((Receipt.Refused) receipt).refusal();
    }

    private static Append rule(String name) {
        String body =
                "{\"topic\":\"routing_rule\",\"name\":\"" + name + "\",\"expression\":\"true\",\"target\":\"did:x:y\"}";
        return Append.of(Draft.of(EngineConfig.THREAD, ALICE, Act.LEARN, Json.parse(body)));
    }

    @Test
    void aRuleIsInForceWhenItIsAcknowledged() {
        inlet.accept(rule("a"));
        assertThat(configs.current().routingRules()).hasSize(1);
        inlet.acceptAll(List.of(rule("b"), rule("c")));
        assertThat(configs.current().routingRules()).hasSize(3);
    }
}
