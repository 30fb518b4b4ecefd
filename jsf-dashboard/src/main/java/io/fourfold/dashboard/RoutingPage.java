package io.fourfold.dashboard;

import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.Routing;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.routing.Cascade;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where records went and why, who waits for a person, and where a draft would go. */
@Named
@RequestScoped
public class RoutingPage {

    static final int UNROUTED_SHOWN = 6;

    private static final String NEWEST_FIRST = "r.routedAt desc, r.id";

    @Inject
    Views views;

    @Inject
    Log log;

    @Inject
    Routing routing;

    @Inject
    EngineConfigs configs;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    private DispatchQuery query;
    private Page<DispatchRow> page;
    private Page<DispatchRow> unrouted;
    private Map<String, Long> all;
    private List<Choice> statuses;
    private List<Choice> steps;
    private List<DispatchLine> rows;
    private List<DispatchLine> left;
    private Chosen chosen;
    private RouteForm form;

    @PostConstruct
    void read() {
        Instant now = clock.instant();
        query = DispatchQuery.of(
                request.getParameter("status"),
                request.getParameter("step"),
                request.getParameter("sort"),
                request.getParameter("page"),
                request.getParameter("record"));
        Views.Where where = Views.where().is("status", query.status()).is("decidedBy", query.step());
        page = views.page(DispatchRow.class, where, query.order(), query.page(), DispatchQuery.PAGE_SIZE);
        rows = lines(page, now);
        all = views.counts(DispatchRow.class, "status", Views.where());
        statuses = statuses(counts("status", "decidedBy", query.step()));
        steps = steps(counts("decidedBy", "status", query.status()));
        Views.Where open = Views.where().is("status", "unrouted");
        unrouted = views.page(DispatchRow.class, open, NEWEST_FIRST, 1, UNROUTED_SHOWN);
        left = lines(unrouted, now);
        chosen = query.record().isEmpty() ? null : chosen(now);
        form = asked();
    }

    private Map<String, Long> counts(String field, String other, String value) {
        boolean known = field.equals("status") && value.isEmpty();
        return known
                ? all
                : views.counts(DispatchRow.class, field, Views.where().is(other, value));
    }

    private List<DispatchLine> lines(Page<DispatchRow> rows, Instant now) {
        return rows.items().stream()
                .map(row -> DispatchLine.of(row, query, now))
                .toList();
    }

    private List<Choice> statuses(Map<String, Long> counts) {
        List<Choice> choices = new ArrayList<>();
        choices.add(every(counts, query.withStatus("").link(), query.status().isEmpty()));
        for (Status status : DispatchQuery.STATUSES) {
            String link = query.withStatus(status.wire()).link();
            add(
                    choices,
                    status.text(),
                    status.tone(),
                    counts.get(status.wire()),
                    link,
                    status.wire().equals(query.status()));
        }
        return choices;
    }

    private List<Choice> steps(Map<String, Long> counts) {
        List<Choice> choices = new ArrayList<>();
        choices.add(every(counts, query.withStep("").link(), query.step().isEmpty()));
        for (String step : Cascade.steps()) {
            String link = query.withStep(step).link();
            add(choices, Words.title(step), "", counts.get(step), link, step.equals(query.step()));
        }
        return choices;
    }

    private static Choice every(Map<String, Long> counts, String link, boolean chosen) {
        long total = counts.values().stream().mapToLong(n -> n).sum();
        return new Choice("All", "all", Words.whole(total), link, chosen);
    }

    private static void add(List<Choice> choices, String text, String tone, Long count, String link, boolean chosen) {
        if (chosen || count != null) {
            choices.add(new Choice(text, tone, Words.whole(count == null ? 0 : count), link, chosen));
        }
    }

    private Chosen chosen(Instant now) {
        Optional<Entry> entry = find(query.record());
        if (entry.isEmpty()) {
            return Chosen.unknown(query.record());
        }
        Optional<DispatchRow> row =
                views.find(DispatchRow.class, Dispatch.idOf(entry.get().id()));
        Optional<Trace> trace = row.map(found -> Trace.of(found.trace))
                .or(() -> routing.explain(entry.get()).map(Trace::of));
        return Chosen.of(entry.get(), row.map(found -> DispatchLine.of(found, query, now)), trace, now);
    }

    private Optional<Entry> find(String id) {
        try {
            return log.find(new EntryId(id));
        } catch (InvalidRecord noId) {
            return Optional.empty();
        }
    }

    private RouteForm asked() {
        String like = request.getParameter("like");
        if (request.getParameter("body") != null) {
            return new RouteForm(given("act"), given("actor"), given("thread"), given("body"), null, null, null)
                    .answered(routing::predict);
        }
        return like == null
                ? RouteForm.blank()
                : find(like)
                        .map(RouteForm::like)
                        .map(form -> form.answered(routing::predict))
                        .orElseGet(RouteForm::blank);
    }

    private String given(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    public List<Figure> figures() {
        long good = all.getOrDefault("succeeded", 0L);
        long ended = good + all.getOrDefault("failed", 0L);
        int limit = configs.current().limits().maxConcurrentDispatches();
        return List.of(
                Figure.of("running", count("running"), "running, of " + limit),
                Figure.of("waiting", count("waiting"), "waiting for their turn"),
                Figure.of("handed", count("handed_over"), "handed over, at work"),
                Figure.of("unrouted", count("unrouted"), "left to people"),
                Figure.of(
                        "success",
                        ended == 0 ? "—" : Math.round(100.0 * good / ended) + " %",
                        ended == 0
                                ? "success: none has ended"
                                : "success, " + Words.whole(good) + " of " + Words.whole(ended)));
    }

    private String count(String status) {
        return Words.whole(all.getOrDefault(status, 0L));
    }

    public List<Column> columns() {
        return List.of(
                query.column("routed", "Routed"), query.column("cost", "Cost"), query.column("latency", "Latency"));
    }

    public DispatchQuery query() {
        return query;
    }

    public List<Choice> statuses() {
        return statuses;
    }

    public List<Choice> steps() {
        return steps;
    }

    public List<DispatchLine> rows() {
        return rows;
    }

    public List<DispatchLine> left() {
        return left;
    }

    /** How many more are left to people than are shown. */
    public long more() {
        return unrouted.total() - left.size();
    }

    /** Null when no record is chosen. */
    public Chosen chosen() {
        return chosen;
    }

    public RouteForm form() {
        return form;
    }

    /** Whether nothing was ever routed here. */
    public boolean blank() {
        return all.isEmpty();
    }

    public Sheets sheets() {
        return Sheets.of(
                query.page(), DispatchQuery.PAGE_SIZE, rows.size(), page.total(), number -> query.withPage(number)
                        .link());
    }
}
