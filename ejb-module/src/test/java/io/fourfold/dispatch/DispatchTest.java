package io.fourfold.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Decision;
import io.fourfold.log.EntryId;
import io.fourfold.log.Refusal;
import io.fourfold.routing.RoutingTrace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatchTest {

    private static final String ID = "dsp-0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Subject SUBJECT = new Subject("ab".repeat(32), "th_work", "default", "go", "general");

    private static RoutingTrace trace(String target) {
        return new RoutingTrace(
                SUBJECT.record(),
                null,
                "explicit_target",
                target,
                null,
                null,
                target == null ? null : ID,
                0,
                List.of());
    }

    private static DispatchState state(Status status) {
        return switch (status) {
            case ABSENT -> DispatchState.NONE;
            case UNROUTED -> after(new DispatchEvent.Routed(ID, SUBJECT, trace(null), NOW));
            case WAITING -> after(new DispatchEvent.Routed(ID, SUBJECT, trace("did:fourfold:agent:a"), NOW));
            case RUNNING -> evolve(state(Status.WAITING), started(7));
            case HANDED_OVER -> evolve(state(Status.RUNNING), new DispatchEvent.HandedOver(ID, "exec-1", NOW));
            case SUCCEEDED -> evolve(state(Status.RUNNING), completed(Result.done()));
            case FAILED -> evolve(state(Status.RUNNING), completed(Result.failed("no")));
        };
    }

    private static DispatchEvent started(long token) {
        return new DispatchEvent.Started(
                ID, SUBJECT, "explicit_target", null, token, 1, "http", "did:fourfold:agent:a", "th_x", NOW, NOW);
    }

    private static DispatchEvent completed(Result result) {
        return new DispatchEvent.Completed(ID, SUBJECT, result, null, null, false, 5, NOW);
    }

    private static DispatchState after(DispatchEvent event) {
        return evolve(DispatchState.NONE, event);
    }

    private static DispatchState evolve(DispatchState state, DispatchEvent event) {
        return Dispatch.AGGREGATE.evolve(state, event);
    }

    private static DispatchCommand command(String name) {
        return switch (name) {
            case "route" -> new DispatchCommand.Route(ID, SUBJECT, trace("did:fourfold:agent:a"));
            case "start" -> start(8);
            case "start-late" -> start(7);
            case "hand over" -> new DispatchCommand.HandOver(ID, 7, "exec-1");
            case "hand over-late" -> new DispatchCommand.HandOver(ID, 6, "exec-1");
            case "retry" -> new DispatchCommand.Retry(ID, 7, "away", NOW);
            case "retry-late" -> new DispatchCommand.Retry(ID, 6, "away", NOW);
            case "complete" -> new DispatchCommand.Complete(ID, 7L, Result.done(), null);
            case "complete-late" -> new DispatchCommand.Complete(ID, 6L, Result.done(), null);
            case "complete-told" -> new DispatchCommand.Complete(ID, null, Result.done(), "ab".repeat(32));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static DispatchCommand start(long token) {
        return new DispatchCommand.Start(ID, token, "http", "th_x", NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # command        | ABSENT | UNROUTED | WAITING | RUNNING | HANDED_OVER | SUCCEEDED | FAILED
            route            | ok     | exists   | exists  | exists  | exists      | exists    | exists
            start            | none   | wrong    | ok      | ok      | wrong       | wrong     | wrong
            start-late       | none   | wrong    | ok      | wrong   | wrong       | wrong     | wrong
            hand over        | none   | wrong    | wrong   | ok      | wrong       | wrong     | wrong
            hand over-late   | none   | wrong    | wrong   | wrong   | wrong       | wrong     | wrong
            retry            | none   | wrong    | wrong   | ok      | wrong       | wrong     | wrong
            retry-late       | none   | wrong    | wrong   | wrong   | wrong       | wrong     | wrong
            complete         | none   | ok       | ok      | ok      | ok          | wrong     | wrong
            complete-late    | none   | ok       | ok      | wrong   | wrong       | wrong     | wrong
            complete-told    | none   | ok       | ok      | ok      | ok          | wrong     | wrong
            """)
    void everyCommandInEveryState(
            String command,
            String absent,
            String unrouted,
            String waiting,
            String running,
            String handedOver,
            String succeeded,
            String failed) {
        List<String> expected = List.of(absent, unrouted, waiting, running, handedOver, succeeded, failed);
        for (Status status : Status.values()) {
            assertThat(outcome(Dispatch.AGGREGATE.decide(command(command), state(status), NOW)))
                    .as(command + " when " + status)
                    .isEqualTo(expected.get(status.ordinal()));
        }
    }

    private static String outcome(Decision<DispatchEvent> decision) {
        return switch (decision) {
            case Decision.Accepted<DispatchEvent> accepted -> "ok";
            case Decision.Refused<DispatchEvent> refused ->
                switch (refused.refusal().code()) {
                    case Refusal.Code code when code == Refusal.Code.ALREADY_EXISTS -> "exists";
                    case Refusal.Code code when code == Refusal.Code.NOT_FOUND -> "none";
                    case Refusal.Code code when code == Refusal.Code.WRONG_STATE -> "wrong";
                    case Refusal.Code code -> code.name();
                };
        };
    }

    @Test
    void theNamesOnTheWireAreThese() {
        assertThat(DispatchEvent.CODEC.kinds())
                .containsExactlyInAnyOrder(
                        "dispatch.routed.v1",
                        "dispatch.begun.v1",
                        "dispatch.handed_over.v1",
                        "dispatch.retrying.v1",
                        "dispatch.finished.v1");
    }

    @Test
    void aDispatchHasTheIdOfItsRecord() {
        assertThat(Dispatch.idOf(new EntryId("ab".repeat(32)))).isEqualTo("dsp-abababababababab");
    }

    @Test
    void itsLatencyIsCountedFromItsRouting() {
        Decision<DispatchEvent> decision =
                Dispatch.AGGREGATE.decide(command("complete"), state(Status.RUNNING), NOW.plusMillis(1_500));
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        DispatchEvent event =
                ((Decision.Accepted<DispatchEvent>) decision).events().getFirst();
        assertThat(((DispatchEvent.Completed) event).latencyMs()).isEqualTo(1_500);
    }
}
