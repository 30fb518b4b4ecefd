package io.fourfold.engine;

import static io.fourfold.permission.Rules.ALICE;
import static io.fourfold.permission.Rules.enabled;
import static io.fourfold.permission.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Expressions;
import io.fourfold.fleet.Fleet;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import io.fourfold.trust.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** A door with all that is asked there, and the words to speak to it. */
abstract class AtTheDoor {

    static final ThreadId WORK = new ThreadId("th_work");
    static final String ONLY_ALICE = "record.actor == \"did:fourfold:user:alice\"";
    static final Rights ADMIN =
            new Rights(Set.of(Scope.ADMIN), List.of(new ActorPattern("did:fourfold:user:*")), List.of());
    static final Rights CONFIG = new Rights(
            Set.of(Scope.CONFIG_WRITE, Scope.RECORDS_WRITE), List.of(new ActorPattern("did:fourfold:*")), List.of());

    final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    final Log log = new MemoryLog(clock);
    final Trust trust = new Trust();
    final Steering steering = Steering.of(log, new Expressions());
    final Inlet inlet = new Inlet(new IngestLoop(log, new Doorbell()), steering, log, trust, clock);

    @BeforeEach
    void aNamespace() {
        Json acme = Json.parse("{\"topic\":\"namespace_entry\",\"id\":\"acme\",\"status\":\"active\"}");
        stored(inlet.accept(Append.of(Draft.of(NamespaceRegistry.THREAD, ALICE, Act.LEARN, acme))));
    }

    static Draft work(Did by, String body) {
        return Draft.of(WORK, by, Act.DO, Json.parse(body.replace('\'', '"')));
    }

    static byte[] request(Draft draft) {
        return ("{\"act\":\"" + draft.act() + "\",\"actor\":\"" + draft.actor() + "\",\"thread\":\"" + draft.thread()
                        + "\",\"body\":" + draft.body() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    Receipt admit(Draft draft) {
        return inlet.admit(Append.of(draft));
    }

    static void stored(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
    }

    static Refusal refused(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
        return ((Receipt.Refused) receipt).refusal();
    }

    static String code(Receipt receipt) {
        return receipt instanceof Receipt.Stored
                ? "stored"
                : refused(receipt).code().name();
    }

    void enable(String expression) {
        stored(admit(rule(ALICE, "a", "allow", 0, expression)));
        stored(admit(enabled(ALICE, true)));
    }

    Draft freeze(Did by, String mode, String more) {
        Json body = Json.parse("{\"topic\":\"freeze\",\"mode\":\"" + mode + "\"" + more.replace('\'', '"') + "}");
        return Draft.of(Fleet.THREAD, by, Act.LEARN, body);
    }

    List<Json> audit() {
        return log.thread(TreeHeads.THREAD, 0, 100).stream()
                .map(entry -> entry.body())
                .toList();
    }
}
