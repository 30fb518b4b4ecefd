package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.repository.Health;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Insights;
import io.fourfold.view.Insights.RepositoryFigures;
import io.fourfold.view.OrganizationRow;
import io.fourfold.view.Page;
import io.fourfold.view.RepoCorrelationRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How executions fare on repositories: health, cost, activity and failures, of all or of some. */
@ApplicationScoped
@Path("insights")
public class InsightsResource {

    /** Days that a health report looks back, at most. */
    static final int WINDOW_DAYS_MAX = 365;

    @Inject
    Views views;

    @Inject
    Clock clock;

    @GET
    @Path("overview")
    public Response overview() {
        return Answer.ok(new SystemOverviews(views, today()).all());
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(ZoneOffset.UTC));
    }

    /**
     * Success of at least 0.9 is healthy, of at least 0.5 degraded; what nothing ended on is inactive. Of more than
     * {@value Views#PAGE_MAX} repositories the first by name are told of.
     */
    @GET
    @Path("health")
    public Response health(
            @QueryParam("repository") String repository,
            @QueryParam("system_id") String system,
            @QueryParam("days") @DefaultValue("30") int days) {
        if (days < 1 || days > WINDOW_DAYS_MAX) {
            throw Body.wrong("days", "1 to " + WINDOW_DAYS_MAX + ", but was " + days);
        }
        List<String> names = RepositoryScope.of(views, repository, system, null, null);
        LocalDate since = today().minusDays(days - 1L);
        List<RepositoryFigures> figures =
                views.insights().health(names, since, since.plusDays(days / 2), Views.PAGE_MAX);
        List<Health> shown = figures.stream().map(InsightAnswers::health).toList();
        Map<String, OrganizationRow> registered = RepositoryScope.registered(
                views, figures.stream().map(RepositoryFigures::repository).toList());
        long total = views.insights().count(names);
        return Answer.ok(new InsightAnswers.HealthReport(
                InsightAnswers.wire(Health.worst(shown)),
                total,
                count(shown, Health.HEALTHY),
                count(shown, Health.DEGRADED),
                count(shown, Health.FAILING),
                days,
                figures.stream()
                        .map(one -> InsightAnswers.repository(one, registered.get(one.repository())))
                        .toList(),
                total));
    }

    private static long count(List<Health> all, Health one) {
        return all.stream().filter(one::equals).count();
    }

    @GET
    @Path("cost")
    public Response cost(@QueryParam("repository") String repository, @QueryParam("system_id") String system) {
        List<String> names = RepositoryScope.of(views, repository, system, null, null);
        OrganizationRow row = system == null ? null : RepositoryScope.known(views, system);
        Insights insights = views.insights();
        Totals totals = insights.totals(names);
        return Answer.ok(new InsightAnswers.Cost(
                row == null ? "" : row.id,
                row == null ? "" : row.name,
                row == null || row.organizationId == null ? "" : row.organizationId,
                totals.costUsd(),
                totals.totalTokens(),
                totals.inputTokens(),
                totals.outputTokens(),
                insights.costByRepository(names),
                insights.costByWorkflow(names),
                insights.costByModel(names),
                totals.executions()));
    }

    @GET
    @Path("activity")
    public Response activity(
            @QueryParam("repository") String repository,
            @QueryParam("system_id") String system,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        Page<ExecutionRow> rows = executions(
                Views.where().onRepositories(RepositoryScope.of(views, repository, system, null, null)),
                "r.queuedAt desc, r.id",
                page,
                limit);
        Function<String, Map<String, String>> sources = sources(rows);
        return Answer.ok(new InsightAnswers.ActivityList(
                rows.items().stream()
                        .map(row -> InsightAnswers.activity(row, sources.apply(row.id), clock.instant()))
                        .toList(),
                rows.total()));
    }

    @GET
    @Path("failures")
    public Response failures(
            @QueryParam("repository") String repository,
            @QueryParam("system_id") String system,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        Where failed = Views.where()
                .onRepositories(RepositoryScope.of(views, repository, system, null, null))
                .is("status", "failed");
        Page<ExecutionRow> rows = executions(failed, "r.queuedAt desc, r.id", page, limit);
        Function<String, Map<String, String>> sources = sources(rows);
        return Answer.ok(new InsightAnswers.FailureList(
                rows.items().stream()
                        .map(row -> InsightAnswers.failure(row, sources.apply(row.id)))
                        .toList(),
                rows.total()));
    }

    private Page<ExecutionRow> executions(Where where, String order, int page, int limit) {
        return views.page(ExecutionRow.class, where, order, page, Filters.limit(limit));
    }

    /** Of each execution its repositories, and where each was named. */
    private Function<String, Map<String, String>> sources(Page<ExecutionRow> rows) {
        Map<String, List<RepoCorrelationRow>> found = views.ofEach(
                RepoCorrelationRow.class,
                "executionId",
                row -> row.executionId,
                rows.items().stream().map(row -> row.id).toList(),
                "r.executionId, r.repository");
        return id -> {
            Map<String, String> sources = new LinkedHashMap<>();
            found.getOrDefault(id, List.of()).forEach(row -> sources.put(row.repository, row.source));
            return sources;
        };
    }

    /** What happened on each day of a year, or of another span that is no longer. */
    @GET
    @Path("contribution-heatmap")
    public Response heatmap(
            @QueryParam("organization_id") String organization,
            @QueryParam("system_id") String system,
            @QueryParam("repo_id") String repo,
            @QueryParam("repository") String repository,
            @QueryParam("start_date") String start,
            @QueryParam("end_date") String end,
            @QueryParam("metric") @DefaultValue("sessions") String metric) {
        Heatmaps.Metric counted = Heatmaps.Metric.of(metric);
        LocalDate last = end == null ? today() : Filters.date("end_date", end);
        LocalDate first = start == null ? last.minusDays(Heatmaps.DAYS_MAX - 1L) : Filters.date("start_date", start);
        if (first.isAfter(last) || first.plusDays(Heatmaps.DAYS_MAX).isBefore(last)) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    "start_date: expected at most " + Heatmaps.DAYS_MAX + " days up to " + last + ", but was " + first);
        }
        Map<String, String> filter = new LinkedHashMap<>();
        filter.put("organization_id", organization);
        filter.put("system_id", system);
        filter.put("repo_id", repo);
        filter.put("repository", repository);
        List<String> names = RepositoryScope.of(views, repository, system, organization, repo);
        return Answer.ok(Heatmaps.of(
                counted, views.insights().perDay(counted.ofSessions(), names, first, last), first, last, filter));
    }
}
