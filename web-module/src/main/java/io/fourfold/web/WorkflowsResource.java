package io.fourfold.web;

import io.fourfold.kit.Outcome;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowDetail;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import io.fourfold.view.WorkflowDetailRow;
import io.fourfold.view.WorkflowRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.util.List;
import java.util.Map;

/** Workflows: checked, registered, shown, changed, archived. Starting one is {@link ExecuteResource}'s. */
@ApplicationScoped
@Path("workflows")
public class WorkflowsResource {

    @Inject
    Views views;

    @Inject
    Orders orders;

    @Inject
    Registrar registrar;

    /**
     * A workflow file with the files beside it, as base64 by relative path; {@code file} is the old name of content.
     */
    record PackageRequest(String content, String yaml, String file, String filename, Map<String, String> files) {}

    record PhaseRequest(String promptTemplate, String model, Integer timeoutSeconds, List<String> allowedTools) {}

    @GET
    public Response list(
            @QueryParam("workflow_type") String type,
            @QueryParam("include_archived") @DefaultValue("false") boolean includeArchived,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("20") int pageSize,
            @QueryParam("order_by") String orderBy) {
        Where where = Views.where().is("type", type).is("archived", includeArchived ? null : false);
        Page<WorkflowRow> rows = views.page(WorkflowRow.class, where, order(orderBy), page, pageSize);
        return Answer.ok(new WorkflowAnswers.ListAnswer(
                rows.items().stream().map(WorkflowAnswers::summary).toList(), rows.total(), page, pageSize));
    }

    private static String order(String orderBy) {
        return switch (orderBy == null ? "name" : orderBy) {
            case "name" -> "r.name, r.id";
            case "-name" -> "r.name desc, r.id";
            case "created_at" -> "r.createdAt, r.id";
            case "-created_at" -> "r.createdAt desc, r.id";
            case "runs_count" -> "r.runs, r.id";
            case "-runs_count" -> "r.runs desc, r.id";
            default ->
                throw new Refused(
                        Refusal.Code.INVALID_INPUT,
                        "order_by: expected name, created_at or runs_count, with - for descending, but was " + orderBy);
        };
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        WorkflowDetailRow detail = Lookup.one(views, WorkflowDetailRow.class, "workflow", row.id);
        return Answer.ok(WorkflowAnswers.detail(row, WorkflowDetail.read(detail)));
    }

    @GET
    @Path("{id}/runs")
    public Response runs(
            @PathParam("id") String id,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        Page<ExecutionRow> rows = executions(row.id, page, pageSize);
        return Answer.ok(new WorkflowAnswers.Runs(
                rows.items().stream().map(WorkflowAnswers::run).toList(), rows.total(), row.id, row.name));
    }

    /** The contract's other view of the same. */
    @GET
    @Path("{id}/history")
    public Response history(
            @PathParam("id") String id,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        Page<ExecutionRow> rows = executions(row.id, page, pageSize);
        return Answer.ok(new WorkflowAnswers.History(
                row.id,
                row.name,
                rows.items().stream().map(WorkflowAnswers::run).toList(),
                rows.total()));
    }

    private Page<ExecutionRow> executions(String workflowId, int page, int pageSize) {
        return views.page(
                ExecutionRow.class,
                Views.where().is("workflowId", workflowId),
                "r.queuedAt desc, r.id",
                page,
                pageSize);
    }

    @POST
    @Path("validate")
    public Response validate(String body) {
        Registrar.Package given = given(Body.read(body, PackageRequest.class));
        List<String> needed = WorkflowYaml.neededFiles(given.text());
        return switch (registrar.check(given)) {
            case WorkflowYaml.Result.Broken broken ->
                Answer.ok(new WorkflowAnswers.Validated(
                        false,
                        "",
                        "",
                        0,
                        broken.problems().stream().map(Problem::text).toList(),
                        needed));
            case WorkflowYaml.Result.Read read ->
                Answer.ok(new WorkflowAnswers.Validated(
                        true,
                        read.definition().name(),
                        read.definition().type(),
                        read.definition().phases().size(),
                        List.of(),
                        needed));
        };
    }

    /** Makes a workflow; refused when its id is taken by another. */
    @POST
    public Response create(@HeaderParam(Caller.HEADER) String actor, String body) {
        return register(Body.read(body, WorkflowForm.class).file(), false, actor);
    }

    /** Makes the workflow of a package, or its next revision. */
    @POST
    @Path("package")
    public Response register(
            @QueryParam("replace") @DefaultValue("true") boolean replace,
            @HeaderParam(Caller.HEADER) String actor,
            String body) {
        return register(given(Body.read(body, PackageRequest.class)), replace, actor);
    }

    @POST
    @Path("from-yaml")
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
    public Response fromYaml(@HeaderParam(Caller.HEADER) String actor, String yaml) {
        return register(new Registrar.Package("workflow.yaml", yaml, Map.of()), false, actor);
    }

    private Response register(Registrar.Package given, boolean replace, String actor) {
        Outcome.Done<Workflow.State> done = orders.settled(registrar.register(given, replace, Caller.of(actor)));
        WorkflowDefinition d = done.state().definition();
        return Answer.of(
                201,
                new WorkflowAnswers.Created(
                        d.id(),
                        d.name(),
                        d.type(),
                        d.classification(),
                        d.repositoryUrl() == null ? "" : d.repositoryUrl(),
                        d.requiresRepos(),
                        done.state().revision(),
                        done.entries().isEmpty() ? "unchanged" : "created"));
    }

    @PUT
    @Path("{id}/phases/{phase}")
    public Response updatePhase(
            @PathParam("id") String id,
            @PathParam("phase") String phase,
            @HeaderParam(Caller.HEADER) String actor,
            String body) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        PhaseRequest asked = Body.read(body, PhaseRequest.class);
        String prompt = Body.required("prompt_template", asked.promptTemplate());
        orders.carryOut(
                Workflow.AGGREGATE,
                new Workflow.Command.UpdatePhase(
                        row.id, phase, prompt, asked.model(), asked.timeoutSeconds(), asked.allowedTools()),
                actor);
        return Answer.ok(new WorkflowAnswers.PhaseUpdated(row.id, phase, "updated"));
    }

    @DELETE
    @Path("{id}")
    public Response archive(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        orders.carryOut(Workflow.AGGREGATE, new Workflow.Command.Archive(row.id), actor);
        return Answer.ok(new WorkflowAnswers.Deleted(row.id, "archived"));
    }

    private static Registrar.Package given(PackageRequest asked) {
        String text = asked.content() != null ? asked.content() : asked.yaml() != null ? asked.yaml() : asked.file();
        Map<String, byte[]> files = asked.files() == null ? Map.of() : PackageFile.decoded(asked.files());
        String name = asked.filename() == null ? "workflow.yaml" : asked.filename();
        return new Registrar.Package(name, Body.required("content", text), files);
    }
}
