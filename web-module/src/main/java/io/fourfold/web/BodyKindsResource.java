package io.fourfold.web;

import io.fourfold.config.BodyKinds;
import io.fourfold.container.BodyKindHost;
import io.fourfold.query.BodyKind;
import io.fourfold.query.Field;
import io.fourfold.query.sql.BodyIndexes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The kinds of bodies whose paths have indexes, as {@code body_kind} records declare them. */
@ApplicationScoped
@Path("body-kinds")
public class BodyKindsResource {

    @Inject
    BodyKindHost host;

    @Inject
    Visit visit;

    record Kinds(List<Kind> bodyKinds, List<BodyKinds.Refused> refused) {}

    record Kind(String name, String namespace, String record, String kind, List<String> paths, List<Index> indexes) {}

    /** Not {@code ready} while it is being made. */
    record Index(String name, boolean ready) {}

    @GET
    public Response list() {
        Set<String> ready = host.ready();
        BodyKinds kinds = host.kinds();
        return Answer.ok(new Kinds(
                kinds.byName().values().stream()
                        .filter(declared -> visit.rights().sees(declared.namespace()))
                        .sorted(Comparator.comparing(BodyKinds.Declared::namespace)
                                .thenComparing(BodyKinds.Declared::name))
                        .map(declared -> kind(declared, ready))
                        .toList(),
                visit.rights().isLimited() ? List.of() : kinds.refused()));
    }

    private static Kind kind(BodyKinds.Declared declared, Set<String> ready) {
        List<Field.Body> paths = declared.kind().paths();
        return new Kind(
                declared.name(),
                declared.namespace(),
                declared.record(),
                declared.kind().kind(),
                paths.stream().map(BodyKind::text).toList(),
                paths.stream()
                        .flatMap(path -> BodyIndexes.names(declared.kind().kind(), path).stream())
                        .map(name -> new Index(name, ready.contains(name)))
                        .toList());
    }
}
