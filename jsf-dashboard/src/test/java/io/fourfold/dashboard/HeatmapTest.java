package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.view.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatmapTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

    @Test
    void itBeginsOnAMondayTwentySixWeeksAgoAndEndsToday() {
        Heatmap map = Heatmap.of(List.of(), FRIDAY);
        assertThat(Heatmap.firstDay(FRIDAY).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(map.squares()).hasSize(25 * 7 + 5);
        assertThat(map.squares().get(0).text()).isEqualTo("0 executions on 25 May 2026");
    }

    @Test
    void todayIsInTheLastColumn() {
        Heatmap map = Heatmap.of(List.of(new Day(FRIDAY, 3, 1)), FRIDAY);
        Heatmap.Square last = map.squares().get(map.squares().size() - 1);
        assertThat(last.x()).isEqualTo(Heatmap.LEFT + 25 * Heatmap.PITCH);
        assertThat(last.text()).isEqualTo("3 executions, 1 failed on 20 Nov 2026");
        assertThat(map.total()).isEqualTo(3);
    }

    @Test
    void levelsGoByTheBusiestDay() {
        assertThat(Heatmap.level(0, 100)).isZero();
        assertThat(Heatmap.level(1, 100)).isEqualTo(1);
        assertThat(Heatmap.level(50, 100)).isEqualTo(2);
        assertThat(Heatmap.level(100, 100)).isEqualTo(4);
        assertThat(Heatmap.level(1, 1)).isEqualTo(1);
    }
}
