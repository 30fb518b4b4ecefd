package io.fourfold.web;

import io.fourfold.artifact.Artifact;
import io.fourfold.artifact.ContentStore;
import io.fourfold.artifact.MediaType;
import io.fourfold.kit.Ids;
import io.fourfold.log.Refusal;
import io.fourfold.view.ArtifactRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Artifacts: lists, one with its text, its bytes, and what may be changed of it. */
@ApplicationScoped
@Path("artifacts")
public class ArtifactsResource {

    @Inject
    Views views;

    @Inject
    Orders orders;

    @Inject
    ContentStore content;

    @Inject
    Ids ids;

    record CreateRequest(
            String workflowId,
            String artifactType,
            String title,
            String content,
            String phaseId,
            String sessionId,
            String contentType) {}

    record UpdateRequest(String title, Map<String, String> metadata, Boolean isPrimaryDeliverable) {}

    @GET
    public Response list(
            @QueryParam("workflow_id") String workflowId,
            @QueryParam("execution_id") String executionId,
            @QueryParam("phase_id") String phaseId,
            @QueryParam("artifact_type") String type,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        Page<ArtifactRow> rows = views.page(
                ArtifactRow.class,
                Views.where()
                        .is("workflowId", workflowId)
                        .is("executionId", executionId)
                        .is("phaseId", phaseId)
                        .is("type", type),
                "r.createdAt desc, r.id",
                1,
                limit);
        return Answer.ok(rows.items().stream().map(ArtifactAnswers::summary).toList());
    }

    @GET
    @Path("{id}")
    public Response show(
            @PathParam("id") String id, @QueryParam("include_content") @DefaultValue("true") boolean include) {
        ArtifactRow row = Lookup.one(views, ArtifactRow.class, "artifact", id);
        return Answer.ok(ArtifactAnswers.detail(row, include ? text(row) : null));
    }

    @GET
    @Path("{id}/content")
    public Response content(@PathParam("id") String id, @QueryParam("raw") @DefaultValue("false") boolean raw) {
        ArtifactRow row = Lookup.one(views, ArtifactRow.class, "artifact", id);
        if (!raw) {
            return Answer.ok(new ArtifactAnswers.Content(row.id, text(row), row.mediaType, row.sizeBytes));
        }
        String name = row.title.substring(row.title.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return Response.ok(bytes(row))
                .type("application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("ETag", "\"" + row.sha256 + "\"")
                .build();
    }

    @POST
    public Response create(@HeaderParam(Caller.HEADER) String actor, String body) {
        CreateRequest asked = Body.read(body, CreateRequest.class);
        String title = Body.required("title", asked.title());
        ContentStore.Stored stored = content.put(Body.required("content", asked.content()));
        Artifact.Facts facts = new Artifact.Facts(
                Body.required("workflow_id", asked.workflowId()),
                null,
                asked.phaseId(),
                asked.sessionId(),
                title,
                Body.required("artifact_type", asked.artifactType()),
                asked.contentType() == null ? "text/markdown" : asked.contentType(),
                stored.sizeBytes(),
                stored.sha256(),
                true,
                List.of());
        String id = ids.uuid();
        orders.carryOut(Artifact.AGGREGATE, new Artifact.Command.Create(id, facts), actor);
        return Answer.of(201, new ArtifactAnswers.Created(id, title, facts.type(), "created"));
    }

    @PUT
    @Path("{id}")
    public Response update(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        ArtifactRow row = Lookup.one(views, ArtifactRow.class, "artifact", id);
        UpdateRequest asked = Body.read(body, UpdateRequest.class);
        orders.carryOut(
                Artifact.AGGREGATE,
                new Artifact.Command.Update(row.id, asked.title(), asked.isPrimaryDeliverable(), asked.metadata()),
                actor);
        return Answer.ok(new ArtifactAnswers.Action(row.id, "updated"));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        ArtifactRow row = Lookup.one(views, ArtifactRow.class, "artifact", id);
        orders.carryOut(Artifact.AGGREGATE, new Artifact.Command.Delete(row.id), actor);
        return Answer.ok(new ArtifactAnswers.Action(row.id, "deleted"));
    }

    private String text(ArtifactRow row) {
        boolean text =
                row.mediaType.startsWith("text/") || MediaType.of(row.title).isText();
        return text ? new String(bytes(row), StandardCharsets.UTF_8) : null;
    }

    private byte[] bytes(ArtifactRow row) {
        return content.read(row.sha256)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.UNAVAILABLE, "Expected the content of " + row.id + ", but the store lacks it"));
    }
}
