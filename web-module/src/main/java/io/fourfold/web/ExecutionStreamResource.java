package io.fourfold.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** The stream of one execution under the execution's own path; the same as {@link SseResource#execution}. */
@ApplicationScoped
@Path("executions/{id}/stream")
public class ExecutionStreamResource {

    @Inject
    SseResource streams;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @PathParam("id") String id,
            @HeaderParam(SseResource.RESUME) String resume,
            @Context SseEventSink sink,
            @Context Sse sse) {
        streams.execution(id, resume, sink, sse);
    }
}
