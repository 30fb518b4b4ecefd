package io.fourfold.dashboard;

import io.fourfold.view.PackageRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The packages that are installed, with their workflows. */
@Named
@RequestScoped
public class PackagesPage {

    @Inject
    Views views;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    private PackageQuery query;
    private Page<PackageRow> page;

    @PostConstruct
    void read() {
        query = PackageQuery.of(request.getParameter("sort"), request.getParameter("page"));
        page = views.page(
                PackageRow.class,
                Views.where().is("status", "installed"),
                query.order(),
                query.page(),
                PackageQuery.PAGE_SIZE);
    }

    public Column name() {
        return query.column("name", "Package");
    }

    public Column installed() {
        return query.column("installed", "Installed");
    }

    public List<PackageLine> rows() {
        Instant now = clock.instant();
        return page.items().stream().map(row -> PackageLine.of(row, now)).toList();
    }

    public Sheets sheets() {
        return Sheets.of(
                query.page(), PackageQuery.PAGE_SIZE, page.items().size(), page.total(), number -> query.withPage(
                                number)
                        .link());
    }
}
