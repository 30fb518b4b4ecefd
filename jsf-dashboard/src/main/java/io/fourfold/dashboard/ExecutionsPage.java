package io.fourfold.dashboard;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import io.fourfold.view.WorkflowRow;
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

/** The list of executions: filtered, sorted and cut into pages by the database, as the address says. */
@Named
@RequestScoped
public class ExecutionsPage {

    @Inject
    Views views;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    private ListQuery query;
    private Page<ExecutionRow> page;
    private List<Choice> choices;
    private List<WorkflowRow> workflows;

    @PostConstruct
    void read() {
        query = ListQuery.of(
                request.getParameter("status"),
                request.getParameter("workflow"),
                request.getParameter("sort"),
                request.getParameter("page"));
        Where where = Views.where().is("status", query.status()).is("workflowId", query.workflow());
        page = views.page(ExecutionRow.class, where, query.order(), query.page(), ListQuery.PAGE_SIZE);
        choices = choices(views.figures().ofWorkflow(query.workflow()).byStatus());
        workflows = views.page(WorkflowRow.class, Views.where(), "r.name, r.id", 1, Views.PAGE_MAX)
                .items();
    }

    private List<Choice> choices(Map<String, Long> counts) {
        List<Choice> all = new ArrayList<>();
        long total = counts.values().stream().mapToLong(n -> n).sum();
        all.add(new Choice(
                "All",
                "all",
                Words.whole(total),
                query.withStatus("").link(),
                query.status().isEmpty()));
        for (Status status : Status.ALL) {
            boolean chosen = status.wire().equals(query.status());
            long count = counts.getOrDefault(status.wire(), 0L);
            if (chosen || count > 0) {
                all.add(new Choice(
                        status.text(),
                        status.tone(),
                        Words.whole(count),
                        query.withStatus(status.wire()).link(),
                        chosen));
            }
        }
        return all;
    }

    private Column column(String key, String text) {
        String direction = !query.key().equals(key) ? "none" : query.descending() ? "descending" : "ascending";
        return new Column(key, text, query.sortedBy(key).link(), direction);
    }

    public List<Column> columns() {
        return List.of(
                column("status", "Status"),
                column("workflow", "Execution"),
                column("phases", "Phases"),
                column("tools", "Tools"),
                column("cost", "Cost"),
                column("queued", "Queued"));
    }

    public ListQuery query() {
        return query;
    }

    public List<Choice> choices() {
        return choices;
    }

    public List<WorkflowRow> workflows() {
        return workflows;
    }

    public List<ExecutionLine> rows() {
        Instant now = clock.instant();
        return page.items().stream().map(row -> ExecutionLine.of(row, now)).toList();
    }

    /** Whether filters hide what there is. */
    public boolean filtered() {
        return !query.status().isEmpty() || !query.workflow().isEmpty() || query.page() > 1;
    }

    public Sheets sheets() {
        return Sheets.of(
                query.page(), ListQuery.PAGE_SIZE, page.items().size(), page.total(), number -> query.withPage(number)
                        .link());
    }
}
