package io.fourfold.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchCommand;
import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.dispatch.Subject;
import io.fourfold.kit.Commands;
import io.fourfold.kit.HandClock;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.ExecutionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Log log = new MemoryLog(clock);
    private final Commands commands = new Commands(log, this::append, clock);
    private final FleetControl control = new FleetControl(log);
    private final List<DispatchRow> dispatches = new ArrayList<>();
    private final List<ExecutionRow> executions = new ArrayList<>();
    private final Standstill standstill = standstill(control);

    private Standstill standstill(FleetControl fleet) {
        Standstill.Running running = new Standstill.Running() {

            @Override
            public List<DispatchRow> dispatches(List<String> namespaces, int limit) {
                return dispatches.stream()
                        .filter(row -> namespaces.isEmpty() || namespaces.contains(row.namespace))
                        .toList();
            }

            @Override
            public List<ExecutionRow> executions(int limit) {
                return executions;
            }
        };
        return new Standstill(fleet, running, commands);
    }

    private Receipt append(Append append) {
        return log.append(List.of(append)).getFirst();
    }

    private String record(String thread, Act act, String body) {
        Draft draft = Draft.of(new ThreadId(thread), ALICE, act, Json.parse(body.replace('\'', '"')));
        return ((Receipt.Stored) append(Append.of(draft))).entry().id().hex();
    }

    private void freeze(String mode, String more) {
        record("th_fleet_control", Act.LEARN, "{'topic':'freeze','mode':'" + mode + "'" + more + "}");
        control.catchUp();
    }

    private void dispatch(String id, String namespace) {
        String record = record("th_" + id, Act.INTEND, "{'goal':'x'}");
        RoutingTrace trace = new RoutingTrace(record, null, "explicit_target", "did:x:a", null, null, id, 0, List.of());
        Subject subject = new Subject(record, "th_" + id, namespace, "x", "general");
        assertThat(commands.handle(Dispatch.AGGREGATE, new DispatchCommand.Route(id, subject, trace), ALICE))
                .isInstanceOf(Outcome.Done.class);
        commands.handle(
                Dispatch.AGGREGATE, new DispatchCommand.Start(id, 1, "command", "th_w", clock.instant()), ALICE);
        DispatchRow row = new DispatchRow();
        row.id = id;
        row.namespace = namespace;
        dispatches.add(row);
    }

    private void execution(String id, String namespace) {
        ExecutionRow row = new ExecutionRow();
        row.id = id;
        ExecutionPlan plan = Samples.plan(Samples.phases(), namespace == null ? "default" : namespace);
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Queue(id, plan), ALICE);
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Start(id, "node"), ALICE);
        executions.add(row);
    }

    private Status dispatchStatus(String id) {
        return commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(id)).status();
    }

    private String executionStatus(String id) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(id))
                .status()
                .wire();
    }

    @Test
    void aHardFreezeEndsWhatRunsAfterItsGraceAndOnlyThere() {
        dispatch("dsp-a", "acme");
        dispatch("dsp-b", "other");
        execution("exec-a", "acme/shop");
        execution("exec-b", null);
        freeze("hard", ",'namespace':'acme','reason':'leak'");
        clock.pass(Duration.ofSeconds(59));
        assertThat(standstill.turn(clock.instant())).isZero();

        clock.pass(Duration.ofSeconds(1));
        assertThat(standstill.turn(clock.instant())).isEqualTo(2);

        assertThat(dispatchStatus("dsp-a")).isEqualTo(Status.FAILED);
        assertThat(executionStatus("exec-a")).isEqualTo("interrupted");
        assertThat(dispatchStatus("dsp-b")).isEqualTo(Status.RUNNING);
        assertThat(executionStatus("exec-b")).isEqualTo("running");
        assertThat(log.thread(Execution.threadOf("exec-a"), 2, 1)
                        .getFirst()
                        .body()
                        .toString())
                .contains("frozen (hard): leak");
    }

    @Test
    void theGraceGoesOnAcrossARestart() {
        execution("exec-a", null);
        freeze("hard", "");
        clock.pass(Duration.ofSeconds(61));
        FleetControl again = new FleetControl(log);
        again.catchUp();

        standstill(again).turn(clock.instant());

        assertThat(executionStatus("exec-a")).isEqualTo("interrupted");
    }

    @Test
    void aSoftFreezeEndsNothingAndALiftedOneNothingMore() {
        execution("exec-a", null);
        freeze("soft", "");
        clock.pass(Duration.ofDays(1));
        assertThat(standstill.turn(clock.instant())).isZero();
        freeze("hard", "");
        freeze("off", "");
        clock.pass(Duration.ofDays(1));
        assertThat(standstill.turn(clock.instant())).isZero();
        assertThat(executionStatus("exec-a")).isEqualTo("running");
    }

    @Test
    void anEmergencyEndsAllAtOnceAndASecondTurnNothingAgain() {
        dispatch("dsp-a", "acme");
        execution("exec-b", null);
        freeze("emergency", "");
        standstill.turn(clock.instant());
        long head = log.head();

        standstill.turn(clock.instant());

        assertThat(dispatchStatus("dsp-a")).isEqualTo(Status.FAILED);
        assertThat(executionStatus("exec-b")).isEqualTo("interrupted");
        assertThat(log.head()).isEqualTo(head);
    }
}
