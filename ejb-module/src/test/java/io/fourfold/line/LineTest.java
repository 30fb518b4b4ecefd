package io.fourfold.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.fleet.Fleet;
import io.fourfold.kit.Entries;
import io.fourfold.line.Why.Code;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.node.Node;
import io.fourfold.node.Role;
import io.fourfold.queue.Standings.Held;
import io.fourfold.queue.Standings.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Node WORKS = new Node("one", Role.ALL, NOW, NOW, true);
    private static final List<String> TAGS = List.of("all", "namespace:*", "namespace:acme", "workflow:fix");

    private static Waiting waiting(String lane, int inLane, Integer most, Instant notBefore) {
        return new Waiting("exec-w", 5, lane, inLane, most, TAGS, notBefore);
    }

    private static final Waiting PLAIN = waiting("", 1, null, null);

    private static Fleet fleet(String... bodies) {
        Entries entries = new Entries();
        Fleet fleet = Fleet.CLEAR;
        for (String body : bodies) {
            fleet = fleet.fold(entries.add(Fleet.THREAD, Act.LEARN, Json.parse(body.replace('\'', '"'))));
        }
        return fleet;
    }

    private static List<Held> held(int count, String lane) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Held("exec-" + i, lane, "one"))
                .toList();
    }

    private static Why why(Waiting waiting, List<Held> held, Fleet fleet, Node... nodes) {
        return new Line(held, 4, 3, fleet, List.of(nodes), NOW).why(waiting);
    }

    @Test
    void whatIsNotInAnybodysWayBeginsNext() {
        assertThat(why(PLAIN, held(2, ""), Fleet.CLEAR, WORKS).code()).isEqualTo(Code.NEXT);
    }

    @Test
    void aFreezeGoesBeforeAHoldAndAHoldBeforeAnythingElse() {
        Fleet held = fleet("{'topic':'hold','mode':'on','workflow':'fix','reason':'release'}");
        Why byHold = why(waiting("k", 3, 1, NOW.plusSeconds(9)), held(4, "k"), held);
        assertThat(byHold.code()).isEqualTo(Code.HELD);
        assertThat(byHold.words())
                .startsWith("intake of workflow fix is paused by did:fourfold:user:alice since 2026-");
        Fleet both = fleet(
                "{'topic':'hold','mode':'on'}", "{'topic':'freeze','mode':'soft','namespace':'acme','reason':'why'}");
        assertThat(why(PLAIN, List.of(), both)).isEqualTo(new Why(Code.FROZEN, "frozen (soft): why", List.of()));
        Fleet elsewhere = fleet(
                "{'topic':'hold','mode':'on','workflow':'other'}",
                "{'topic':'freeze','mode':'soft','namespace':'acmes'}");
        assertThat(why(PLAIN, List.of(), elsewhere, WORKS).code()).isEqualTo(Code.NEXT);
    }

    @Test
    void aRetryWaitsForItsTime() {
        assertThat(why(waiting("", 1, null, NOW.plusSeconds(9)), List.of(), Fleet.CLEAR, WORKS))
                .isEqualTo(new Why(Code.BACKOFF, "tried again not before 2026-03-01T12:00:09Z", List.of()));
        assertThat(why(waiting("", 1, null, NOW), List.of(), Fleet.CLEAR, WORKS).code())
                .isEqualTo(Code.NEXT);
    }

    @Test
    void withoutANodeThatWorksNothingBegins() {
        Node api = new Node("api", Role.API, NOW, NOW, true);
        Node gone = new Node("gone", Role.EXECUTOR, NOW, NOW, false);
        assertThat(why(PLAIN, List.of(), Fleet.CLEAR, api, gone).code()).isEqualTo(Code.NO_EXECUTOR);
        assertThat(why(PLAIN, List.of(), Fleet.CLEAR, api, gone, WORKS).code()).isEqualTo(Code.NEXT);
    }

    @Test
    void aKeyIsHeldByThoseThatAreNamed() {
        Why byKey = why(waiting("deploy", 1, 2, null), held(2, "deploy"), Fleet.CLEAR, WORKS);
        assertThat(byKey)
                .isEqualTo(
                        new Why(Code.CONCURRENCY, "key deploy is held by exec-1, exec-2", List.of("exec-1", "exec-2")));
        assertThat(why(waiting("deploy", 1, 3, null), held(2, "deploy"), Fleet.CLEAR, WORKS)
                        .code())
                .isEqualTo(Code.NEXT);
        assertThat(why(waiting("deploy", 2, 1, null), held(1, "deploy"), Fleet.CLEAR, WORKS)
                        .words())
                .isEqualTo("key deploy is held by exec-1 and has 1 waiting before it");
        assertThat(why(waiting("deploy", 2, 1, null), held(1, "other"), Fleet.CLEAR, WORKS)
                        .words())
                .isEqualTo("key deploy has 1 waiting before it");
    }

    @Test
    void theLimitNamesThoseThatRunAndNotTooMany() {
        assertThat(why(PLAIN, held(4, ""), Fleet.CLEAR, WORKS).words())
                .isEqualTo("4 of 4 running: exec-1, exec-2, exec-3, exec-4");
        Why many = why(PLAIN, held(12, ""), Fleet.CLEAR, WORKS);
        assertThat(many.code()).isEqualTo(Code.LIMIT);
        assertThat(many.words()).endsWith("exec-10 and 2 more");
        assertThat(many.executions()).hasSize(10);
    }

    @Test
    void aNodeHasNoRoomForMoreThanItCanRun() {
        assertThat(why(PLAIN, held(3, ""), Fleet.CLEAR, WORKS).words())
                .isEqualTo("every node runs the 3 that one can run at once");
        Node idle = new Node("two", Role.EXECUTOR, NOW, NOW, true);
        assertThat(why(PLAIN, held(3, ""), Fleet.CLEAR, WORKS, idle).code()).isEqualTo(Code.NEXT);
    }
}
