package io.fourfold.web;

import io.fourfold.engine.Inlet;
import io.fourfold.kit.Outcome;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Refusal;
import io.fourfold.packages.Content;
import io.fourfold.packages.InstalledPackage;
import io.fourfold.packages.Installer;
import io.fourfold.packages.Report;
import io.fourfold.packages.Sources;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PackageRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Packages of workflows: installed, updated, uninstalled, shown. */
@ApplicationScoped
@Path("packages")
public class PackagesResource {

    /** Executions that are named when they keep a package from going. */
    private static final int RUNNING_MAX = 10;

    @Inject
    Views views;

    @Inject
    Orders orders;

    @Inject
    Installer installer;

    @Inject
    Sources sources;

    @Inject
    Inlet inlet;

    @Inject
    Visit visit;

    /** @param files those of a folder, as base64 by their path in it; {@code source} is then only its name */
    record InstallRequest(String source, String ref, Map<String, String> files, Boolean dryRun) {}

    /** @param ref in place of the one it was installed by, or its registry names */
    record UpdateRequest(String ref, Map<String, String> files, Boolean dryRun) {}

    @GET
    public Response list(
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        Page<PackageRow> rows =
                views.page(PackageRow.class, Views.where().is("status", "installed"), "r.id", page, pageSize);
        return Answer.ok(new PackageAnswers.ListAnswer(
                rows.items().stream().map(PackageAnswers::summary).toList(), rows.total(), page, pageSize));
    }

    @GET
    @Path("{name}")
    public Response show(@PathParam("name") String name) {
        return Answer.ok(PackageAnswers.detail(name, installed(name)));
    }

    /** All of it or nothing; every problem in any of its files is named. */
    @POST
    public Response install(@HeaderParam(Caller.HEADER) String actor, String body) {
        InstallRequest asked = Body.read(body, InstallRequest.class);
        boolean dryRun = Boolean.TRUE.equals(asked.dryRun());
        Sources.Result.Found found = get(new Sources.Asked(
                Body.required("source", asked.source()),
                asked.ref(),
                asked.files() == null ? null : PackageFile.decoded(asked.files()),
                false));
        return answer(dryRun ? 200 : 201, installer.install(found, order(actor, dryRun)), dryRun);
    }

    /** From where it came; of a folder, its files come along. */
    @POST
    @Path("{name}/update")
    public Response update(@PathParam("name") String name, @HeaderParam(Caller.HEADER) String actor, String body) {
        UpdateRequest asked = body == null || body.isBlank()
                ? new UpdateRequest(null, null, null)
                : Body.read(body, UpdateRequest.class);
        boolean dryRun = Boolean.TRUE.equals(asked.dryRun());
        Content content = installed(name).content();
        boolean folder = content.origin().kind().equals("folder");
        if (folder && asked.files() == null) {
            throw Body.wrong("files", "those of the folder " + content.origin().source() + ", but there are none");
        }
        if (!folder && asked.files() != null) {
            throw Body.wrong(
                    "files",
                    "none, because the package comes from " + content.origin().url());
        }
        boolean git = content.origin().kind().equals("git");
        Sources.Result.Found found = get(new Sources.Asked(
                content.origin().source(),
                asked.ref() == null && git ? content.origin().ref() : asked.ref(),
                folder ? PackageFile.decoded(asked.files()) : null,
                true));
        return answer(200, installer.update(name, found, order(actor, dryRun)), dryRun);
    }

    /** Its workflows are archived and its triggers removed; refused while one runs, unless {@code force}. */
    @DELETE
    @Path("{name}")
    public Response uninstall(
            @PathParam("name") String name,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @HeaderParam(Caller.HEADER) String actor) {
        List<String> ids = installed(name).content().workflows().stream()
                .map(Content.Part::id)
                .toList();
        List<String> running = views
                .page(
                        ExecutionRow.class,
                        Views.where().is("workflowId", ids).is("status", List.of("not_started", "running", "paused")),
                        "r.queuedAt, r.id",
                        1,
                        RUNNING_MAX)
                .items()
                .stream()
                .map(row -> row.id)
                .toList();
        return answer(200, installer.uninstall(name, running, force, order(actor, false)), false);
    }

    private InstalledPackage.State installed(String name) {
        InstalledPackage.State state = stateOf(name);
        if (!state.installed()) {
            throw new Refused(
                    Refusal.Code.NOT_FOUND, "Expected an installed package, but there is none of the name " + name);
        }
        return state;
    }

    /** What can be no name of a package is none. */
    private InstalledPackage.State stateOf(String name) {
        try {
            return installer.state(name);
        } catch (InvalidRecord noName) {
            return InstalledPackage.AGGREGATE.initial();
        }
    }

    private Sources.Result.Found get(Sources.Asked asked) {
        return switch (sources.get(asked)) {
            case Sources.Result.Refused refused -> throw new Refused(refused.refusal());
            case Sources.Result.Found found -> found;
        };
    }

    private Installer.Order order(String actor, boolean dryRun) {
        return new Installer.Order(Caller.of(actor), visit.inlet(inlet)::refusal, dryRun);
    }

    private Response answer(int status, Outcome<Report> outcome, boolean dryRun) {
        return Answer.of(status, PackageAnswers.changed(orders.settled(outcome).state(), dryRun));
    }
}
