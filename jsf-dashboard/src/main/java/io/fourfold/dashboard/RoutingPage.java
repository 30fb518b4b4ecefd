package io.fourfold.dashboard;

import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.Decision;
import io.fourfold.decision.Preview;
import io.fourfold.decision.Proposals;
import io.fourfold.decision.Register;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.Routing;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where records went and why, who waits for a person, and where a draft would go. */
@Named
@RequestScoped
public class RoutingPage {

    static final int UNROUTED_SHOWN = 6;
    static final int DECISIONS_SHOWN = 6;

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
    Register register;

    @Inject
    Proposals proposals;

    @Inject
    Preview preview;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    private DispatchQuery query;
    private Page<DispatchRow> page;
    private Page<DispatchRow> unrouted;
    private DispatchCounts counts;
    private List<DispatchLine> rows;
    private List<DispatchLine> left;
    private Chosen chosen;
    private RouteForm form;
    private List<Decision> open;
    private List<DecisionLine> decisions;
    private DecisionCard decision;

    @PostConstruct
    void read() {
        Instant now = clock.instant();
        query = DispatchQuery.of(
                request.getParameter("status"),
                request.getParameter("step"),
                request.getParameter("sort"),
                request.getParameter("page"),
                request.getParameter("record"));
        Where where = Views.where().is("status", query.status()).is("decidedBy", query.step());
        page = views.page(DispatchRow.class, where, query.order(), query.page(), DispatchQuery.PAGE_SIZE);
        rows = lines(page, now);
        counts = new DispatchCounts(views.counts(DispatchRow.class, List.of("status", "decidedBy")));
        Where waits = Views.where().is("status", "unrouted");
        unrouted = views.page(DispatchRow.class, waits, NEWEST_FIRST, 1, UNROUTED_SHOWN);
        left = lines(unrouted, now);
        chosen = query.record().isEmpty() ? null : chosen(now);
        form = asked();
        open = register.now().open().reversed();
        decisions = open.stream()
                .limit(DECISIONS_SHOWN)
                .map(one -> DecisionLine.of(one, now))
                .toList();
        decision = decision(now);
    }

    private List<DispatchLine> lines(Page<DispatchRow> rows, Instant now) {
        return rows.items().stream()
                .map(row -> DispatchLine.of(row, query, now))
                .toList();
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

    private DecisionCard decision(Instant now) {
        String id = request.getParameter("decision");
        Optional<Decision> found =
                open.stream().filter(one -> one.id().hex().equals(id)).findFirst();
        if (found.isEmpty()) {
            return null;
        }
        DecisionCard card = DecisionCard.of(found.get(), DecisionLine.of(found.get(), now));
        if (card.form() == null || request.getParameter("rest") == null) {
            return card;
        }
        RuleForm written = new RuleForm(
                card.form().topic(),
                given("name"),
                given("namespace"),
                request.getParameter("expression"),
                given("rest"),
                null);
        return card.checked(found.get(), written, proposals::read, rule -> preview.of(rule, any -> true));
    }

    private String given(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    public List<Figure> figures() {
        return counts.figures(configs.current().limits().maxConcurrentDispatches());
    }

    public List<Column> columns() {
        return List.of(
                query.column("routed", "Routed"), query.column("cost", "Cost"), query.column("latency", "Latency"));
    }

    public DispatchQuery query() {
        return query;
    }

    public List<Choice> statuses() {
        return counts.statuses(query);
    }

    public List<Choice> steps() {
        return counts.steps(query);
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

    /** Open ones, the newest first. */
    public List<DecisionLine> decisions() {
        return decisions;
    }

    /** How many more are open than are shown. */
    public int moreDecisions() {
        return open.size() - decisions.size();
    }

    /** The one that is being answered; null for none. */
    public DecisionCard decision() {
        return decision;
    }

    /** Whether nothing was ever routed here. */
    public boolean blank() {
        return counts.all().isEmpty();
    }

    public Sheets sheets() {
        return Sheets.of(
                query.page(), DispatchQuery.PAGE_SIZE, rows.size(), page.total(), number -> query.withPage(number)
                        .link());
    }
}
