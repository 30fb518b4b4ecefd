package io.fourfold.dashboard;

import io.fourfold.view.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Executions by day as squares: a column a week, Monday on top, the last one today. Positions are in the picture's own
 * units.
 *
 * @param total executions in all squares
 */
public record Heatmap(List<Square> squares, List<Label> months, long total) {

    static final int WEEKS = 26;
    static final int PITCH = 15;
    static final int LEFT = 30;
    static final int TOP = 18;

    /** {@code level} is 0 for none to 4 for the busiest quarter. */
    public record Square(int x, int y, int level, String text) {}

    public record Label(int x, String text) {}

    public String all() {
        return Words.whole(total);
    }

    static LocalDate firstDay(LocalDate today) {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS - 1);
    }

    static Heatmap of(List<Day> days, LocalDate today) {
        Map<LocalDate, Day> byDate = days.stream().collect(Collectors.toMap(Day::date, day -> day));
        long most = days.stream().mapToLong(Day::executions).max().orElse(0);
        List<Square> squares = new ArrayList<>();
        List<Label> months = new ArrayList<>();
        LocalDate first = firstDay(today);
        long total = 0;
        for (LocalDate date = first; !date.isAfter(today); date = date.plusDays(1)) {
            int week = (int) (date.toEpochDay() - first.toEpochDay()) / 7;
            Day day = byDate.getOrDefault(date, new Day(date, 0, 0));
            total += day.executions();
            int y = TOP + (date.getDayOfWeek().getValue() - 1) * PITCH;
            squares.add(new Square(LEFT + week * PITCH, y, level(day.executions(), most), text(day)));
            if (date.getDayOfMonth() == 1 && week < WEEKS - 1) {
                String month = date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
                months.add(new Label(LEFT + week * PITCH, month));
            }
        }
        return new Heatmap(squares, months, total);
    }

    static int level(long executions, long most) {
        return executions == 0 ? 0 : (int) Math.min(4, 1 + (executions - 1) * 4 / most);
    }

    private static String text(Day day) {
        String failed = day.failed() == 0 ? "" : ", " + day.failed() + " failed";
        String month = day.date().getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        return Words.plural(day.executions(), "execution") + failed + " on "
                + day.date().getDayOfMonth() + " " + month + " " + day.date().getYear();
    }
}
