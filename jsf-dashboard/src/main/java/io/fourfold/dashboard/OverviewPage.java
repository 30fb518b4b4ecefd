package io.fourfold.dashboard;

import io.fourfold.container.ExecutorHost;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.Hold;
import io.fourfold.kit.Display;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The front page: figures of today, what runs, the last half year, what happened just now. */
@Named
@RequestScoped
public class OverviewPage {

    static final int EXECUTIONS_SHOWN = 8;
    static final int ACTIVITY_SHOWN = 12;

    @Inject
    Views views;

    @Inject
    Log log;

    @Inject
    Clock clock;

    @Inject
    ExecutorHost executor;

    @Inject
    FleetControl fleet;

    private List<Figure> figures;
    private List<ExecutionLine> executions;
    private List<Activity> activity;
    private Heatmap heatmap;
    private boolean blank;

    @PostConstruct
    void read() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        figures = figures(views.figures().ofWorkflow(null), views.figures().since(today));
        executions =
                views
                        .page(ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", 1, EXECUTIONS_SHOWN)
                        .items()
                        .stream()
                        .map(row -> ExecutionLine.of(row, now))
                        .toList();
        blank = executions.isEmpty();
        heatmap = Heatmap.of(views.figures().perDay(Heatmap.firstDay(today)), today);
        activity = activity(now);
    }

    private List<Figure> figures(Totals all, Totals today) {
        long good = today.count("completed");
        long ended = good + today.count("failed");
        return List.of(
                Figure.of("running", Long.toString(all.count("running")), "running, of " + executor.limit()),
                Figure.of("queued", Long.toString(all.count("not_started")), "queued"),
                Figure.of("spend", Display.cost(today.costUsd()), "spent today"),
                Figure.of(
                        "success",
                        ended == 0 ? "—" : Math.round(100.0 * good / ended) + " %",
                        ended == 0 ? "success today: none has ended" : "success today, " + good + " of " + ended),
                Figure.of("tokens", Display.tokens(today.totalTokens()), "tokens today"));
    }

    private List<Activity> activity(Instant now) {
        List<Entry> latest = log.after(Math.max(0, log.head() - Log.READ_MAX), Log.READ_MAX);
        return latest.stream()
                .filter(entry -> Activity.matters(entry.kind()))
                .sorted(Comparator.comparingLong(Entry::position).reversed())
                .limit(ACTIVITY_SHOWN)
                .map(entry -> Activity.of(entry, now))
                .toList();
    }

    public List<Figure> figures() {
        return figures;
    }

    public List<ExecutionLine> executions() {
        return executions;
    }

    public List<Activity> activity() {
        return activity;
    }

    public Heatmap heatmap() {
        return heatmap;
    }

    /** What is frozen or held, in words. */
    public List<String> held() {
        return Stream.concat(
                        fleet.current().freezes().values().stream()
                                .map(freeze -> Words.place(freeze.namespace()) + " is " + freeze.why()),
                        fleet.current().intake().holds().values().stream().map(Hold::why))
                .sorted()
                .toList();
    }

    /** Whether nothing was ever run here. */
    public boolean blank() {
        return blank;
    }
}
