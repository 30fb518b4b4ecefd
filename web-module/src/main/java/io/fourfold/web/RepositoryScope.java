package io.fourfold.web;

import io.fourfold.repository.RepositoryName;
import io.fourfold.view.OrganizationRow;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which repositories a request is about: one by its name, or those registered with a system or an organization. */
final class RepositoryScope {

    /** Stands for none, where a query needs a name. */
    private static final List<String> NONE = List.of("");

    private RepositoryScope() {}

    /** Null for all of them; at most {@value Views#PAGE_MAX}. Each parameter may be null, and narrows further. */
    static List<String> of(Views views, String repository, String system, String organization, String id) {
        String name = repository == null || repository.isBlank() ? null : name(repository.strip());
        if (system == null && organization == null && id == null) {
            return name == null ? null : List.of(name);
        }
        Where registered = Views.where()
                .is("kind", "repository")
                .is("systemId", system == null ? null : known(views, system).id)
                .is("organizationId", organization == null ? null : known(views, organization).id)
                .is("id", id == null ? null : known(views, id).id);
        List<String> names =
                views.page(OrganizationRow.class, registered, "r.name, r.id", 1, Views.PAGE_MAX).items().stream()
                        .map(row -> name(row.name))
                        .filter(one -> name == null || name.equals(one))
                        .toList();
        return names.isEmpty() ? NONE : names;
    }

    /** One name however it is written. */
    private static String name(String written) {
        return RepositoryName.of(written).orElse(written);
    }

    static OrganizationRow known(Views views, String id) {
        return Lookup.one(views, OrganizationRow.class, "organization, system or repository", id);
    }

    /** Those of the names that are registered. */
    static Map<String, OrganizationRow> registered(Views views, List<String> names) {
        Where where = Views.where().is("kind", "repository").is("name", names.isEmpty() ? NONE : names);
        return views.page(OrganizationRow.class, where, "r.name, r.id", 1, Views.PAGE_MAX).items().stream()
                .collect(Collectors.toMap(row -> row.name, row -> row, (first, second) -> first));
    }
}
