package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.workspace.Workspace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneCommitTest {

    private static final Workspace.Command CREATE_A = new Workspace.Command.Create("ws-a", "exec-1", "one", "process");
    private static final Workspace.Command CREATE_B = new Workspace.Command.Create("ws-b", "exec-1", "two", "process");

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final List<Append> appended = new ArrayList<>();
    private Runnable quicker = () -> {};
    private final Commands commands = new Commands(log, this::append, Clock.systemUTC());
    private final Opened<Workspace.Command, Workspace.State, Workspace.Event> a = begin("ws-a");
    private final Opened<Workspace.Command, Workspace.State, Workspace.Event> b = begin("ws-b");

    private Opened<Workspace.Command, Workspace.State, Workspace.Event> begin(String id) {
        return commands.begin(Workspace.AGGREGATE, Workspace.threadOf(id), Entries.ALICE);
    }

    private Receipt append(Append append) {
        Runnable once = quicker;
        quicker = () -> {};
        once.run();
        appended.add(append);
        return log.append(List.of(append)).getFirst();
    }

    private void createdByAnother(Workspace.Command create) {
        new Commands(log, append -> log.append(List.of(append)).getFirst(), Clock.systemUTC())
                .handle(Workspace.AGGREGATE, create, Entries.ALICE);
    }

    @Test
    void commandsOnSeveralThreadsAreOneAppendAndEachKnowsItsStateAfterwards() {
        Workspace.Command setUp = new Workspace.Command.RunSetup("ws-a", Map.of());
        Outcome<List<Entry>> outcome =
                commands.together(List.of(a.steps(List.of(CREATE_A, setUp), any -> true), b.step(CREATE_B)), List.of());
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(appended).hasSize(1);
        assertThat(log.after(0, 9))
                .extracting(Entry::kind)
                .containsExactly("workspace.created.v1", "workspace.setup_completed.v1", "workspace.created.v1");
        assertThat(a.state()).isEqualTo(Workspace.State.READY);
        assertThat(a.handle(new Workspace.Command.Destroy("ws-a"))).isInstanceOf(Outcome.Done.class);
        assertThat(b.state()).isEqualTo(Workspace.State.CREATED);
        assertThat(appended).as("nothing was decided twice").hasSize(2);
    }

    @Test
    void oneThatIsRefusedKeepsTheOthersFromBeingWritten() {
        Workspace.Command early = new Workspace.Command.StartAgent("ws-b", "claude");
        Outcome<List<Entry>> outcome = commands.together(List.of(a.step(CREATE_A), b.step(early)), List.of());
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(log.head()).isZero();
        assertThat(a.state()).isEqualTo(Workspace.State.ABSENT);
    }

    @Test
    void aWriterWhoIsQuickerOnOneOfTheThreadsHasAllDecidedAgain() {
        quicker = () -> createdByAnother(CREATE_B);
        assertThat(commands.together(List.of(a.step(CREATE_A), b.step(CREATE_B)), List.of()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.WRONG_STATE));
        assertThat(log.thread(Workspace.threadOf("ws-a"), 0, 9)).isEmpty();
        quicker = () -> createdByAnother(new Workspace.Command.Create("ws-c", "exec-1", "x", "process"));
        assertThat(commands.together(
                        List.of(a.step(CREATE_A), b.step(new Workspace.Command.Destroy("ws-b"))), List.of()))
                .isInstanceOf(Outcome.Done.class);
        assertThat(b.state()).isEqualTo(Workspace.State.DESTROYED);
    }

    @Test
    void aStateThatIsNotAllowedAnyMoreKeepsAllFromBeingWritten() {
        quicker = () -> createdByAnother(CREATE_B);
        Opened.Step<?, ?, ?> step = b.steps(List.of(CREATE_B), state -> state == Workspace.State.ABSENT);
        assertThat(commands.together(List.of(a.step(CREATE_A), step), List.of()))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(log.thread(Workspace.threadOf("ws-a"), 0, 9)).isEmpty();
    }
}
