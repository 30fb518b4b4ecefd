package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.packages.Content;
import io.fourfold.packages.InstalledPackage;
import io.fourfold.packages.Manifest;
import io.fourfold.packages.Origin;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final List<Append> appended = new ArrayList<>();
    private final Commands commands = new Commands(log, this::append, Clock.systemUTC());
    private final Together together = new Together(commands);

    private Receipt append(Append append) {
        appended.add(append);
        return log.append(List.of(append)).getFirst();
    }

    private static Together.Step<?, ?, ?> install(String name) {
        Content content = new Content(
                new Manifest(name, "1", null, null, null),
                new Origin("folder", "/x", null, null, null),
                List.of(),
                List.of());
        return new Together.Step<>(InstalledPackage.AGGREGATE, new InstalledPackage.Command.Install(name, content));
    }

    private Together.Sight look() {
        return together.look(Entries.ALICE);
    }

    @Test
    void whoWasLateWritesNothing() {
        Together.Sight late = look();
        assertThat(late.state(InstalledPackage.AGGREGATE, InstalledPackage.threadOf("b"))
                        .installed())
                .isFalse();
        look().carryOut(List.of(install("b")), List.of());
        Outcome<List<Entry>> outcome = late.carryOut(List.of(install("a"), install("b")), List.of());
        assertThat(((Outcome.Refused<List<Entry>>) outcome).refusal().code()).isEqualTo(Refusal.Code.VERSION_CONFLICT);
        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void alsoOnAThreadOfNoAggregate() {
        ThreadId thread = new ThreadId("th_x");
        Draft beside = Draft.of(thread, Entries.ALICE, Act.KNOW, Json.EMPTY);
        Together.Sight late = look();
        late.saw(thread, 0);
        look().carryOut(List.of(), List.of(beside));
        assertThat(late.carryOut(List.of(install("a")), List.of(beside))).isInstanceOf(Outcome.Refused.class);
        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void whatIsDecidedOnSeveralThreadsIsOneAppendWithTheRecordsBeside() {
        Draft beside = Draft.of(new ThreadId("th_x"), Entries.ALICE, Act.KNOW, Json.EMPTY);
        Outcome<List<Entry>> outcome = look().carryOut(List.of(install("a"), install("b")), List.of(beside));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(appended).hasSize(1);
        assertThat(log.after(0, 10))
                .extracting(entry -> entry.thread().value())
                .containsExactly("th_package.a", "th_package.b", "th_x");
    }

    @Test
    void oneRefusalAndNothingIsWritten() {
        Together.Step<?, ?, ?> none = new Together.Step<>(Workflow.AGGREGATE, new Workflow.Command.Archive("nowhere"));
        assertThat(look().refusal(none)).isPresent();
        assertThat(look().carryOut(List.of(install("a"), none), List.of())).isInstanceOf(Outcome.Refused.class);
        assertThat(appended).isEmpty();
    }

    @Test
    void whatChangesNothingWritesNothing() {
        assertThat(look().carryOut(List.of(), List.of())).isEqualTo(new Outcome.Done<>(List.of(), List.of()));
        assertThat(appended).isEmpty();
    }
}
