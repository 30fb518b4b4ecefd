package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Json;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
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
}
