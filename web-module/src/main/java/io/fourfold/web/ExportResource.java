package io.fourfold.web;

import io.fourfold.artifact.ContentStore;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowDetail;
import io.fourfold.packages.ClaudeCommand;
import io.fourfold.packages.Content;
import io.fourfold.packages.Export;
import io.fourfold.packages.Installer;
import io.fourfold.packages.Manifest;
import io.fourfold.view.PackageRow;
import io.fourfold.view.Views;
import io.fourfold.view.WorkflowDetailRow;
import io.fourfold.view.WorkflowRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workflows to take along: as a package, or as a command of Claude Code. */
@ApplicationScoped
@Path("workflows/{id}/export")
public class ExportResource {

    @Inject
    Views views;

    @Inject
    Installer installer;

    @Inject
    ContentStore content;

    /** {@code encodedFiles} are those that are no text, as base64. */
    record Exported(
            String format,
            String workflowId,
            String workflowName,
            Map<String, String> files,
            Map<String, String> encodedFiles) {}

    @GET
    public Response export(@PathParam("id") String id, @QueryParam("format") @DefaultValue("package") String format) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        WorkflowDefinition definition =
                WorkflowDetail.read(Lookup.one(views, WorkflowDetailRow.class, "workflow", row.id));
        Map<String, byte[]> files =
                switch (format) {
                    case "package" -> Export.files(definition, manifest(row.id), content);
                    case "plugin" -> command(definition);
                    default -> throw Body.wrong("format", "package or plugin, but was " + format);
                };
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> encoded = new TreeMap<>();
        files.forEach((path, bytes) -> PackageFile.text(bytes)
                .ifPresentOrElse(
                        text -> texts.put(path, text),
                        () -> encoded.put(path, Base64.getEncoder().encodeToString(bytes))));
        return Answer.ok(new Exported(format, row.id, row.name, texts, encoded));
    }

    private static Map<String, byte[]> command(WorkflowDefinition definition) {
        ClaudeCommand.refusal(definition).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return Map.of(
                ClaudeCommand.path(definition.id()),
                ClaudeCommand.text(definition).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the package that holds this workflow and nothing else; null where there is none. */
    private Manifest manifest(String workflowId) {
        return views
                .page(PackageRow.class, Views.where().is("status", "installed"), "r.id", 1, Views.PAGE_MAX)
                .items()
                .stream()
                .filter(row -> row.workflows.equals(List.of(workflowId)) && row.triggers.isEmpty())
                .findFirst()
                .map(row -> installer.state(row.id).content())
                .map(Content::manifest)
                .orElse(null);
    }
}
