package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CronLoopTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private int worked;

    private CronLoop loop() {
        CronLoop.Work work = now -> Json.parse("{\"kind\":\"report.v1\",\"n\":" + ++worked + "}");
        return new CronLoop(
                log,
                append -> log.append(List.of(append)).getFirst(),
                List.of(new CronLoop.Job("report", LocalTime.of(3, 30), work)));
    }

    private static Instant at(int day, String time) {
        LocalTime clock = LocalTime.parse(time);
        return MIDNIGHT.plusSeconds((day - 1) * 86_400L + clock.toSecondOfDay());
    }

    @Test
    void aJobRunsOnceADayAtItsTime() {
        CronLoop loop = loop();
        assertThat(loop.turn(at(1, "03:29"))).isZero();
        assertThat(loop.turn(at(1, "03:30"))).isEqualTo(1);
        assertThat(loop.turn(at(1, "03:35"))).isZero();
        assertThat(loop.turn(at(1, "23:59"))).isZero();
        assertThat(loop.turn(at(2, "03:31"))).isEqualTo(1);
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void aJobThatWasMissedRunsLaterTheSameDay() {
        assertThat(loop().turn(at(1, "17:00"))).isEqualTo(1);
    }

    @Test
    void aServerThatWasStartedAnewRepeatsNothing() {
        loop().turn(at(1, "04:00"));
        assertThat(loop().turn(at(1, "05:00"))).isZero();
        assertThat(log.head()).isEqualTo(1);
        assertThat(log.after(0, 1).getFirst().draft().clock()).isZero();
    }

    @Test
    void theAuditCountsWhatIsSound() {
        append(3);
        assertThat(new RehashAudit(log).audit()).isEqualTo(new RehashAudit.Finding(3, 0, List.of()));
    }

    @Test
    void theAuditNamesWhatWasChanged() {
        append(Log.READ_MAX + 5);
        long bent = Log.READ_MAX + 2;
        RehashAudit audit = new RehashAudit(new Bent(log, bent));
        assertThat(audit.audit()).isEqualTo(new RehashAudit.Finding(Log.READ_MAX + 5, 1, List.of(bent)));
        assertThat(audit.result(MIDNIGHT).canonical())
                .contains("\"mismatches\":1", "\"positions\":[" + bent + "]", "\"kind\":\"audit.rehash.v1\"");
    }

    private void append(int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(List.of(
                    Append.of(Draft.of(new ThreadId("th_a"), Scene.ALICE, Act.KNOW, Json.parse("{\"n\":" + i + "}")))));
        }
    }

    /** A log in which somebody changed the body of one entry. */
    private record Bent(Log log, long position) implements Log {

        private Entry bend(Entry entry) {
            Draft draft = entry.draft();
            Draft other = Draft.of(draft.thread(), draft.actor(), draft.act(), Json.parse("{\"n\":-1}"))
                    .withClock(draft.clock());
            return entry.position() == position
                    ? new Entry(position, entry.version(), entry.id(), other, entry.namespace(), entry.recordedAt())
                    : entry;
        }

        @Override
        public List<Receipt> append(List<Append> group) {
            return log.append(group);
        }

        @Override
        public List<Entry> after(long after, int limit) {
            return log.after(after, limit).stream().map(this::bend).toList();
        }

        @Override
        public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
            return log.thread(thread, fromVersion, limit);
        }

        @Override
        public Optional<Entry> find(EntryId id) {
            return log.find(id);
        }

        @Override
        public long head() {
            return log.head();
        }
    }
}
