package io.fourfold.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.config.Schedule;
import io.fourfold.config.Trigger.CatchUp;
import io.fourfold.config.Trigger.Occasion.Due;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OccurrencesTest {

    private static Schedule schedule(String cron, String zone) {
        return Schedule.of(cron, ZoneId.of(zone));
    }

    private static List<Instant> instants(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Instant::parse).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what                    | cron         | zone             | from                 | to                   | due
            every minute              | * * * * *    | UTC              | 2026-03-01T12:00:00Z | 2026-03-01T12:02:30Z | 2026-03-01T12:01:00Z 2026-03-01T12:02:00Z
            the end counts            | * * * * *    | UTC              | 2026-03-01T12:00:30Z | 2026-03-01T12:01:00Z | 2026-03-01T12:01:00Z
            the beginning does not    | * * * * *    | UTC              | 2026-03-01T12:01:00Z | 2026-03-01T12:01:59Z |
            weekdays                  | 0 9 * * 1-5  | UTC              | 2026-03-06T08:00:00Z | 2026-03-09T10:00:00Z | 2026-03-06T09:00:00Z 2026-03-09T09:00:00Z
            day of month or week      | 0 0 13 * 5   | UTC              | 2026-03-05T00:00:00Z | 2026-03-14T00:00:00Z | 2026-03-06T00:00:00Z 2026-03-13T00:00:00Z
            a leap day                | 0 0 29 2 *   | UTC              | 2026-01-01T00:00:00Z | 2028-03-01T00:00:00Z | 2028-02-29T00:00:00Z
            Berlin in winter          | 0 8 * * *    | Europe/Berlin    | 2026-01-10T00:00:00Z | 2026-01-10T23:00:00Z | 2026-01-10T07:00:00Z
            Berlin in summer          | 0 8 * * *    | Europe/Berlin    | 2026-07-10T00:00:00Z | 2026-07-10T23:00:00Z | 2026-07-10T06:00:00Z
            Berlin, there is no 2:30  | 30 2 * * *   | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-30T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
            Berlin, quarters of none  | */15 2 * * * | Europe/Berlin    | 2026-03-29T00:00:00Z | 2026-03-29T03:00:00Z | 2026-03-29T01:00:00Z
            Berlin, the gap's end     | 0 2,3 * * *  | Europe/Berlin    | 2026-03-29T00:00:00Z | 2026-03-29T03:00:00Z | 2026-03-29T01:00:00Z
            Berlin, 2:30 twice        | 30 2 * * *   | Europe/Berlin    | 2026-10-24T12:00:00Z | 2026-10-26T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
            Berlin, the second 2:30   | 30 2 * * *   | Europe/Berlin    | 2026-10-25T00:59:00Z | 2026-10-25T02:00:00Z |
            Berlin, between the two   | 45 2 * * *   | Europe/Berlin    | 2026-10-25T00:40:00Z | 2026-10-25T01:10:00Z | 2026-10-25T00:45:00Z
            Berlin, each hour, spring | 0 * * * *    | Europe/Berlin    | 2026-03-29T00:30:00Z | 2026-03-29T02:30:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
            Berlin, half, spring      | 30 * * * *   | Europe/Berlin    | 2026-03-29T00:00:00Z | 2026-03-29T02:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z
            Berlin, each hour, autumn | 0 * * * *    | Europe/Berlin    | 2026-10-24T23:30:00Z | 2026-10-25T02:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z
            New York, there is no 2   | 0 2 * * *    | America/New_York | 2026-03-07T12:00:00Z | 2026-03-09T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:00:00Z
            New York, 1:30 twice      | 30 1 * * *   | America/New_York | 2026-10-31T12:00:00Z | 2026-11-02T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
            New York, the second 1:30 | 30 1 * * *   | America/New_York | 2026-11-01T06:00:00Z | 2026-11-01T07:00:00Z |
            """)
    void aScheduleIsDue(String what, String cron, String zone, Instant from, Instant to, String due) {
        assertThat(Occurrences.between(schedule(cron, zone), from, to)).as(what).isEqualTo(instants(due));
    }

    /** Asked every minute or once, the answer is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"30 2 * * *", "*/20 * * * *", "0 1-3 * * *", "15 */2 * * *"})
    void askedInPiecesItIsTheSame(String cron) {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
            for (String day :
                    List.of("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01")) {
                Instant from = Instant.parse(day + "T00:00:00Z").minusSeconds(43_200);
                Instant to = from.plusSeconds(129_600);
                List<Instant> pieces = new ArrayList<>();
                for (Instant at = from; at.isBefore(to); at = at.plusSeconds(600)) {
                    pieces.addAll(Occurrences.between(schedule(cron, zone), at, at.plusSeconds(600)));
                }
                assertThat(Occurrences.between(schedule(cron, zone), from, to, 1_000))
                        .as(cron + " in " + zone + " around " + day)
                        .isEqualTo(pieces)
                        .doesNotHaveDuplicates()
                        .isSorted();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1", "ONE, 1", "ALL, 100"})
    void afterADayDownSomeOfEveryMinuteFire(CatchUp catchUp, int fire) {
        Due due = new Due(Schedule.of("* * * * *", ZoneOffset.UTC), catchUp);
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        assertThat(Timetable.due(due, now.minusSeconds(86_400), now))
                .hasSize(fire)
                .endsWith(now);
    }

    @Test
    void whatIsLateByMoreThanAMinuteFiresOnlyWhenItIsCaughtUp() {
        Instant now = Instant.parse("2026-03-02T12:30:00Z");
        Instant since = now.minusSeconds(86_400);
        for (CatchUp catchUp : CatchUp.values()) {
            Due due = new Due(Schedule.of("0 */6 * * *", ZoneOffset.UTC), catchUp);
            assertThat(Timetable.due(due, since, now))
                    .as(catchUp.name())
                    .hasSize(
                            switch (catchUp) {
                                case NONE -> 0;
                                case ONE -> 1;
                                case ALL -> 4;
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * *", "* * * * * *", "61 * * * *", "x * * * *", "*/0 * * * *", "0 0 31 2 *", "@daily"})
    void whatIsNoScheduleIsRefused(String cron) {
        assertThatThrownBy(() -> schedule(cron, "UTC")).isInstanceOf(IllegalArgumentException.class);
    }
}
