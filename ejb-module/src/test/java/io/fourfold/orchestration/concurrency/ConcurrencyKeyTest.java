package io.fourfold.orchestration.concurrency;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Decision;
import io.fourfold.log.Refusal.Code;
import io.fourfold.orchestration.concurrency.ConcurrencyKey.Command.Enter;
import io.fourfold.orchestration.concurrency.ConcurrencyKey.Command.Leave;
import io.fourfold.orchestration.concurrency.ConcurrencyKey.Event;
import io.fourfold.orchestration.concurrency.ConcurrencyKey.Event.Entered;
import io.fourfold.orchestration.workflow.Concurrency.Behavior;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyKeyTest {

    private static Event in(String id) {
        return new Entered("k", id, List.of(), List.of(), NOW);
    }

    private static Enter enter(Behavior behavior, int limit, String... over) {
        return new Enter("k", "exec-new", limit, behavior, Set.of(over), Set.of());
    }

    private static final List<Event> TWO = List.of(in("exec-1"), in("exec-2"));

    /** Inside are exec-1 and exec-2. */
    @ParameterizedTest
    @CsvSource({
        "QUEUE,   1, ,              entered",
        "CANCEL,  2, ,              WRONG_STATE",
        "CANCEL,  3, ,              entered",
        "CANCEL,  2, exec-2,        entered",
        "CANCEL,  1, exec-2,        WRONG_STATE",
        "FAIL,    1, ,              WRONG_STATE",
        "FAIL,    5, ,              entered",
        "REPLACE, 1, ,              entered"
    })
    void whoMayComeIn(Behavior behavior, int limit, String over, String expected) {
        Enter enter = over == null ? enter(behavior, limit) : enter(behavior, limit, over);
        assertThat(given(ConcurrencyKey.AGGREGATE, TWO).when(enter).word()).isEqualTo(expected);
    }

    @Test
    void theRefusalNamesThoseWhoHoldTheKey() {
        var answer = given(ConcurrencyKey.AGGREGATE, TWO).when(enter(Behavior.CANCEL, 1));
        assertThat(((Decision.Refused<Event>) answer.decision()).refusal().message())
                .isEqualTo("Expected the key k to be free, but it is held by exec-1");
    }

    @Test
    void asManyAreReplacedAsAreTooManyTheOldestFirst() {
        given(ConcurrencyKey.AGGREGATE, TWO)
                .when(enter(Behavior.REPLACE, 1))
                .then(new Entered("k", "exec-new", List.of(), List.of("exec-1", "exec-2"), NOW));
        given(ConcurrencyKey.AGGREGATE, TWO)
                .when(enter(Behavior.REPLACE, 2))
                .then(new Entered("k", "exec-new", List.of(), List.of("exec-1"), NOW));
        given(ConcurrencyKey.AGGREGATE, TWO)
                .when(enter(Behavior.REPLACE, 3))
                .then(new Entered("k", "exec-new", List.of(), List.of(), NOW));
    }

    @Test
    void whoIsOverHasLeftAndWhoIsInsideComesInOnce() {
        var entered = given(ConcurrencyKey.AGGREGATE, TWO).when(enter(Behavior.FAIL, 2, "exec-1"));
        entered.then(new Entered("k", "exec-new", List.of("exec-1"), List.of(), NOW));
        List<Event> now =
                List.of(in("exec-1"), in("exec-2"), new Entered("k", "exec-new", List.of("exec-1"), List.of(), NOW));
        assertThat(given(ConcurrencyKey.AGGREGATE, now).state().ids()).containsExactly("exec-2", "exec-new");
        given(ConcurrencyKey.AGGREGATE, now).when(enter(Behavior.FAIL, 1)).thenNothing();
    }

    @Test
    void whoWasNeverQueuedHoldsTheKeyForAShortWhileOnly() {
        Instant late = NOW.minus(ConcurrencyKey.QUEUED_WITHIN).minusMillis(1);
        Enter enter = new Enter("k", "exec-new", 1, Behavior.CANCEL, Set.of(), Set.of("exec-1"));
        given(ConcurrencyKey.AGGREGATE, List.of(in("exec-1"))).when(enter).refused(Code.WRONG_STATE);
        Event lost = new Entered("k", "exec-1", List.of(), List.of(), late);
        given(ConcurrencyKey.AGGREGATE, List.of(lost))
                .when(enter)
                .then(new Entered("k", "exec-new", List.of("exec-1"), List.of(), NOW));
    }

    @Test
    void whoLeavesTwiceLeavesOnce() {
        given(ConcurrencyKey.AGGREGATE, TWO).when(new Leave("k", "exec-2")).then(new Event.Left("k", "exec-2", NOW));
        given(ConcurrencyKey.AGGREGATE, TWO).when(new Leave("k", "exec-9")).thenNothing();
    }

    @Test
    void aKeyTakesSoManyAndNoMore() {
        List<Event> full = IntStream.range(0, ConcurrencyKey.HOLDERS_MAX)
                .mapToObj(i -> in("exec-" + i))
                .toList();
        given(ConcurrencyKey.AGGREGATE, full).when(enter(Behavior.QUEUE, 1)).refused(Code.OVERLOADED);
    }
}
