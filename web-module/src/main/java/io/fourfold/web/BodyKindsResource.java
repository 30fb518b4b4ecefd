package io.fourfold.web;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Topic;
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
    EngineConfigs configs;

    @Inject
    Visit visit;

    record Kinds(List<Kind> bodyKinds, List<NotTaken> refused) {}

    record NotTaken(String record, String name, String reason) {}

    record Kind(String name, String namespace, String record, String kind, List<String> paths, List<Index> indexes) {}

    /** Not {@code ready} while it is being made. */
    record Index(String name, boolean ready) {}

    @GET
    public Response list() {
        Set<String> ready = host.ready();
        EngineConfig config = configs.current();
        return Answer.ok(new Kinds(
                config.bodyKinds().stream()
                        .filter(declared -> visit.rights().sees(declared.namespace()))
                        .sorted(Comparator.comparing((Declared<BodyKind> d) -> d.namespace())
                                .thenComparing(d -> d.name()))
                        .map(declared -> kind(declared, ready))
                        .toList(),
                config.refused().stream()
                        .filter(refused -> refused.identity().topic().equals(Topic.BODY_KIND.wireName()))
                        .filter(refused ->
                                visit.rights().sees(refused.identity().namespace()))
                        .map(refused -> new NotTaken(
                                refused.record().hex(), refused.identity().name(), refused.reason()))
                        .toList()));
    }

    private static Kind kind(Declared<BodyKind> declared, Set<String> ready) {
        List<Field.Body> paths = declared.value().paths();
        return new Kind(
                declared.name(),
                declared.namespace(),
                declared.record().hex(),
                declared.value().kind(),
                paths.stream().map(BodyKind::text).toList(),
                paths.stream()
                        .flatMap(path -> BodyIndexes.names(declared.value().kind(), path).stream())
                        .map(name -> new Index(name, ready.contains(name)))
                        .toList());
    }
}
