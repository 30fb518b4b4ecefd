package io.fourfold.web;

import io.fourfold.repository.Health;
import io.fourfold.view.Insights.RepositoryFigures;
import io.fourfold.view.OrganizationRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import io.fourfold.web.InsightAnswers.Overview;
import io.fourfold.web.InsightAnswers.SystemOverview;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All systems with how their repositories have fared for {@value #WINDOW_DAYS} days; at most {@value Views#PAGE_MAX} of
 * each are looked at.
 */
final class SystemOverviews {

    private static final int WINDOW_DAYS = 30;

    private final Views views;
    private final LocalDate today;

    SystemOverviews(Views views, LocalDate today) {
        this.views = views;
        this.today = today;
    }

    Overview all() {
        Totals totals = views.insights().totals(null);
        List<OrganizationRow> repositories = registered("repository");
        long unassigned =
                repositories.stream().filter(row -> row.systemId == null).count();
        long unregistered = views.insights().unregistered();
        List<OrganizationRow> systems = registered("system");
        Map<String, String> organizations =
                registered("organization").stream().collect(Collectors.toMap(row -> row.id, row -> row.name));
        Map<String, RepositoryFigures> figures = figures(repositories);
        return new Overview(
                systems.size(),
                repositories.size() + unregistered,
                unassigned + unregistered,
                totals.count("not_started") + totals.count("running") + totals.count("paused"),
                totals.costUsd(),
                systems.stream()
                        .map(system -> system(system, organizations, repositories, figures))
                        .toList());
    }

    private List<OrganizationRow> registered(String kind) {
        return views.page(OrganizationRow.class, Views.where().is("kind", kind), "r.name, r.id", 1, Views.PAGE_MAX)
                .items();
    }

    private Map<String, RepositoryFigures> figures(List<OrganizationRow> repositories) {
        if (repositories.isEmpty()) {
            return Map.of();
        }
        LocalDate since = today.minusDays(WINDOW_DAYS - 1L);
        return views
                .insights()
                .health(repositories.stream().map(row -> row.name).toList(), since, since, Views.PAGE_MAX)
                .stream()
                .collect(Collectors.toMap(RepositoryFigures::repository, Function.identity()));
    }

    private SystemOverview system(
            OrganizationRow system,
            Map<String, String> organizations,
            List<OrganizationRow> repositories,
            Map<String, RepositoryFigures> figures) {
        List<String> names = repositories.stream()
                .filter(row -> system.id.equals(row.systemId))
                .map(row -> row.name)
                .toList();
        List<RepositoryFigures> own =
                names.stream().map(figures::get).filter(Objects::nonNull).toList();
        BigDecimal cost = own.stream().map(RepositoryFigures::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new SystemOverview(
                system.id,
                system.name,
                system.organizationId == null ? "" : system.organizationId,
                organizations.getOrDefault(system.organizationId == null ? "" : system.organizationId, ""),
                names.size(),
                InsightAnswers.wire(
                        Health.worst(own.stream().map(InsightAnswers::health).toList())),
                own.stream().mapToLong(RepositoryFigures::active).sum(),
                cost);
    }
}
