package io.fourfold.dashboard;

import io.fourfold.routing.Cascade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many dispatches there are, and the ways to look at them.
 *
 * @param all by status and the step that decided
 */
record DispatchCounts(Map<List<String>, Long> all) {

    private static final int STATUS = 0;
    private static final int STEP = 1;

    /** By status, over what one step decided; over all for none. */
    Map<String, Long> byStatus(String step) {
        return summed(STATUS, step);
    }

    /** By the step that decided, over those of one status; over all for none. */
    Map<String, Long> byStep(String status) {
        return summed(STEP, status);
    }

    private Map<String, Long> summed(int field, String other) {
        Map<String, Long> sums = new HashMap<>();
        all.forEach((texts, count) -> {
            if (other.isEmpty() || other.equals(texts.get(1 - field))) {
                sums.merge(texts.get(field), count, Long::sum);
            }
        });
        return sums;
    }

    List<Choice> statuses(DispatchQuery query) {
        Map<String, Long> counts = byStatus(query.step());
        List<Choice> choices = new ArrayList<>();
        choices.add(every(counts, query.withStatus(""), query.status().isEmpty()));
        for (Status status : DispatchQuery.STATUSES) {
            boolean chosen = status.wire().equals(query.status());
            String link = query.withStatus(status.wire()).link();
            add(choices, status.text(), counts.get(status.wire()), link, chosen);
        }
        return choices;
    }

    List<Choice> steps(DispatchQuery query) {
        Map<String, Long> counts = byStep(query.status());
        List<Choice> choices = new ArrayList<>();
        choices.add(every(counts, query.withStep(""), query.step().isEmpty()));
        for (String step : Cascade.steps()) {
            boolean chosen = step.equals(query.step());
            add(
                    choices,
                    Words.title(step),
                    counts.get(step),
                    query.withStep(step).link(),
                    chosen);
        }
        return choices;
    }

    private static Choice every(Map<String, Long> counts, DispatchQuery query, boolean chosen) {
        long total = counts.values().stream().mapToLong(n -> n).sum();
        return new Choice("All", "", Words.whole(total), query.link(), chosen);
    }

    private static void add(List<Choice> choices, String text, Long count, String link, boolean chosen) {
        if (chosen || count != null) {
            choices.add(new Choice(text, "", Words.whole(count == null ? 0 : count), link, chosen));
        }
    }

    /** @param limit of those that run at once */
    List<Figure> figures(int limit) {
        Map<String, Long> counts = byStatus("");
        long good = counts.getOrDefault("succeeded", 0L);
        long ended = good + counts.getOrDefault("failed", 0L);
        return List.of(
                figure("running", counts, "running, of " + limit),
                figure("waiting", counts, "waiting for their turn"),
                figure("handed_over", counts, "handed over, at work"),
                figure("unrouted", counts, "left to people"),
                Figure.of(
                        "success",
                        ended == 0 ? "—" : Math.round(100.0 * good / ended) + " %",
                        ended == 0
                                ? "success: none has ended"
                                : "success, " + Words.whole(good) + " of " + Words.whole(ended)));
    }

    private static Figure figure(String status, Map<String, Long> counts, String text) {
        return Figure.of(status, Words.whole(counts.getOrDefault(status, 0L)), text);
    }
}
