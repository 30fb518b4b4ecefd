package io.fourfold.web;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.Projector;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.Feed;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;

/**
 * Live streams. {@code id} of a frame is where the reader is; {@code Last-Event-ID} resumes there. A stream of an
 * execution begins with a snapshot and ends by itself; asked again after its end it answers 204, which tells a browser
 * not to come back.
 */
@ApplicationScoped
@Path("/")
public class SseResource {

    static final String RESUME = "Last-Event-ID";

    @Inject
    Views views;

    @Inject
    Projector projector;

    @Inject
    Log log;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Doorbell doorbell;

    @Inject
    Streams streams;

    @Inject
    Visit visit;

    @GET
    @Path("sse/executions/{id}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void execution(
            @PathParam("id") String given,
            @HeaderParam(RESUME) String resume,
            @Context SseEventSink sink,
            @Context Sse sse) {
        String id = isKnown(given) ? given : Lookup.one(views, ExecutionRow.class, "execution", given).id;
        Feed.Cursor cursor = resume == null
                ? Feed.Cursor.START
                : Feed.Cursor.parse(resume)
                        .orElseThrow(() -> new Refused(
                                Refusal.Code.INVALID_INPUT,
                                RESUME + ": expected the id of a frame of this stream, but was " + resume));
        ThreadId thread = Execution.threadOf(id);
        Feed feed = new Feed(log, projector::await, telemetry::after, id, cursor);
        if (feed.isOver()) {
            throw new WebApplicationException(Response.noContent().build());
        }
        streams.open(sink, sse, woken -> doorbell.listen(thread, woken), feed.snapshot(), feed::pull);
    }

    /** Whether the log has it, even before the views do. */
    private boolean isKnown(String id) {
        return id.matches("exec-[0-9a-f]{12}")
                && !log.thread(Execution.threadOf(id), 0, 1).isEmpty();
    }

    /** Every change of any execution, from now on. */
    @GET
    @Path("sse/activity")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void activity(@HeaderParam(RESUME) String resume, @Context SseEventSink sink, @Context Sse sse) {
        long from = position(resume);
        projector.await(from);
        RecordFeed feed = new RecordFeed(log, projector::await, from, RecordFeed::activity);
        streams.open(sink, sse, doorbell::listen, null, feed::pull);
    }

    /** Records as they land, from now on or from {@code Last-Event-ID}; of any of the kinds, where some are given. */
    @GET
    @Path("sse/records")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void records(
            @QueryParam("thread") String thread,
            @QueryParam("act") String act,
            @QueryParam("kind") List<String> kinds,
            @HeaderParam(RESUME) String resume,
            @Context SseEventSink sink,
            @Context Sse sse) {
        RecordFeed feed = new RecordFeed(
                log, projector::await, position(resume), RecordFeed.matching(thread, act, kinds, visit.rights()));
        streams.open(sink, sse, doorbell::listen, null, feed::pull);
    }

    @GET
    @Path("sse/health")
    public Response health() {
        long running = views.figures().ofWorkflow(null).count("running");
        return Answer.ok(
                Map.of("status", "healthy", "active_executions", running, "active_connections", streams.active()));
    }

    private long position(String resume) {
        if (resume == null) {
            return log.head();
        }
        if (!resume.matches("\\d{1,18}")) {
            throw new Refused(Refusal.Code.INVALID_INPUT, RESUME + ": expected a position, but was " + resume);
        }
        return Long.parseLong(resume);
    }
}
