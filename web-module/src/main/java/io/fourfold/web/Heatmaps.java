package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.view.Insights.DayFigures;
import io.fourfold.web.InsightAnswers.Heatmap;
import io.fourfold.web.InsightAnswers.HeatmapDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Days with what was done on them: every day of the span, also those on which nothing was. */
final class Heatmaps {

    /** A leap year. */
    static final int DAYS_MAX = 366;

    private Heatmaps() {}

    /** What is counted. */
    enum Metric {
        SESSIONS(figures -> BigDecimal.valueOf(figures.count())),
        EXECUTIONS(figures -> BigDecimal.valueOf(figures.count())),
        TOKENS(figures -> BigDecimal.valueOf(figures.tokens())),
        COST_USD(DayFigures::costUsd);

        private final Function<DayFigures, BigDecimal> value;

        Metric(Function<DayFigures, BigDecimal> value) {
            this.value = value;
        }

        /** Else of executions. */
        boolean ofSessions() {
            return this == SESSIONS;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Metric of(String name) {
            return Arrays.stream(values())
                    .filter(metric -> metric.wire().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refused(
                            Refusal.Code.INVALID_INPUT,
                            "metric: expected one of "
                                    + Arrays.stream(values()).map(Metric::wire).toList() + ", but was " + name));
        }
    }

    static Heatmap of(
            Metric metric, List<DayFigures> figures, LocalDate first, LocalDate last, Map<String, String> filter) {
        Map<String, Map<String, BigDecimal>> byDay = new TreeMap<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            byDay.put(day.toString(), new TreeMap<>());
        }
        figures.forEach(one -> byDay.get(one.day()).put(one.status(), metric.value.apply(one)));
        List<HeatmapDay> days = new ArrayList<>();
        byDay.forEach((day, values) -> days.add(day(day, values)));
        BigDecimal total = figures.stream().map(metric.value).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Heatmap(metric.wire(), first.toString(), last.toString(), total.doubleValue(), days, filter);
    }

    private static HeatmapDay day(String day, Map<String, BigDecimal> values) {
        Map<String, Double> breakdown = new TreeMap<>();
        values.forEach((status, value) -> breakdown.put(status, value.doubleValue()));
        double sum = values.values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
        return new HeatmapDay(day, sum, breakdown);
    }
}
