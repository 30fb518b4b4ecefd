package io.fourfold.web;

import io.fourfold.engine.ProjectionRows.Parked;
import io.fourfold.engine.Projector;
import io.fourfold.log.Refusal;
import io.fourfold.projection.Rebuilds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The read models: how far each has come, what it passed over, and how to fold one again. */
@ApplicationScoped
@Path("projections")
public class ProjectionsResource {

    @Inject
    Projector projector;

    @Inject
    Rebuilds rebuilds;

    record Listed(List<Shown> projections, int total, String next) {}

    /**
     * @param lag     records it has not folded yet
     * @param failure why it is held, or null
     * @param parked  the latest of the records that it passed over
     * @param rebuild the last one since the server started, or null
     */
    record Shown(String name, long position, long lag, String failure, List<Parked> parked, Rebuild rebuild) {}

    /** @param state waiting, running, done or failed */
    record Rebuild(
            String state, long position, long head, Instant askedAt, Instant endedAt, int parked, String failure) {}

    @GET
    public Response list() {
        List<Shown> shown = projector.standings().stream().map(this::shown).toList();
        return Answer.ok(new Listed(shown, shown.size(), null));
    }

    @GET
    @Path("{name}")
    public Response show(@PathParam("name") String name) {
        return Answer.ok(find(name));
    }

    /** Folds it again from the first record on; what is there is read until then. */
    @POST
    @Path("{name}/rebuild")
    public Response rebuild(@PathParam("name") String name) {
        return switch (rebuilds.start(name)) {
            case Rebuilds.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case Rebuilds.Outcome.Begun begun -> Answer.of(202, find(name));
        };
    }

    private Shown find(String name) {
        return projector.standings().stream()
                .filter(standing -> standing.name().equals(name))
                .findFirst()
                .map(this::shown)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND, "Expected a read model, but there is none of the name " + name));
    }

    private Shown shown(Projector.Standing standing) {
        return new Shown(
                standing.name(),
                standing.position(),
                projector.lag(standing.name()),
                standing.failure(),
                standing.parked(),
                rebuilds.of(standing.name()).map(ProjectionsResource::shown).orElse(null));
    }

    private static Rebuild shown(Rebuilds.Progress progress) {
        return new Rebuild(
                progress.state().name().toLowerCase(Locale.ROOT),
                progress.position(),
                progress.head(),
                progress.askedAt(),
                progress.endedAt(),
                progress.parked(),
                progress.failure());
    }
}
