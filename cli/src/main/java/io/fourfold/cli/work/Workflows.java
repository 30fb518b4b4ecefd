package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "workflow",
        mixinStandardHelpOptions = true,
        description = "Workflows: what can be run, and the packages they come in.",
        subcommands = {
            Packages.Install.class,
            Packages.Update.class,
            Packages.Uninstall.class,
            PackageViews.Installed.class,
            PackageViews.Info.class,
            PackageViews.Search.class,
            RegistryCommand.class
        })
public final class Workflows {

    private static final String FORM = "package, or claude-command: a file in DIR/.claude/commands.";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the workflows the server knows.")
    int list(
            @Mixin Client client,
            @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.") String type,
            @Option(names = "--archived", description = "Archived ones too.") boolean archived,
            @Option(names = "--page", defaultValue = "1", description = "Which page, from 1.") int page,
            @Option(names = "--page-size", defaultValue = "100", description = "1 to 100.") int pageSize) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("workflow_type", type);
        parameters.put("include_archived", archived ? true : null);
        parameters.put("page", page);
        parameters.put("page_size", pageSize);
        return Lists.show(
                client,
                Lists.path("/workflows", parameters),
                "workflows",
                List.of("ID", "NAME", "TYPE", ">PHASES", ">RUNS"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "name"),
                        Shown.text(item, "workflow_type"),
                        Shown.text(item, "phase_count"),
                        Shown.text(item, "runs_count")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a workflow.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "A workflow.") String id) {
        JsonNode workflow = client.api().get("/workflows/" + ApiClient.escaped(id));
        Output output = client.output();
        if (client.json()) {
            output.json(workflow);
            return Exit.OK;
        }
        output.line(Shown.text(workflow, "id") + "  " + Shown.text(workflow, "name") + "  "
                + Shown.text(workflow, "workflow_type"));
        if (workflow.hasNonNull("description")) {
            output.line(workflow.get("description").asText());
        }
        List<List<String>> inputs = new ArrayList<>();
        workflow.path("input_declarations")
                .forEach(input -> inputs.add(List.of(
                        Shown.text(input, "name"),
                        input.path("required").asBoolean() ? "required" : "optional",
                        Shown.text(input, "default"),
                        Shown.text(input, "description"))));
        if (!inputs.isEmpty()) {
            output.table(List.of("INPUT", "", "DEFAULT", "DESCRIPTION"), inputs);
        }
        List<List<String>> phases = new ArrayList<>();
        workflow.path("phases")
                .forEach(phase -> phases.add(List.of(
                        Shown.text(phase, "phase_id"),
                        Shown.text(phase, "name"),
                        Shown.text(phase, "agent_type"),
                        Shown.text(phase, "model"),
                        Shown.text(phase, "timeout_seconds"))));
        output.table(List.of("PHASE", "NAME", "AGENT", "MODEL", ">TIMEOUT S"), phases);
        return Exit.OK;
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Checks a workflow file and what it refers to. Exit code 2: it has problems.")
    int validate(@Mixin Client client, @Parameters(paramLabel = "FILE", description = "A workflow file.") String file) {
        JsonNode validation = WorkflowFile.get(file).validate(client.api());
        if (client.json()) {
            client.output().json(validation);
        }
        WorkflowFile.mustBeValid(validation);
        if (!client.json()) {
            client.output()
                    .line("Valid: " + Shown.text(validation, "name") + ", " + Shown.text(validation, "phase_count")
                            + " phases");
        }
        return Exit.OK;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates the workflow in a file, or replaces the one of the same id.")
    int create(@Mixin Client client, @Parameters(paramLabel = "FILE", description = "A workflow file.") String file) {
        JsonNode created = WorkflowFile.get(file).send(client.api());
        if (client.json()) {
            client.output().json(created);
        } else {
            client.output().line(created.path("id").asText());
        }
        return Exit.OK;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Archives a workflow: it starts no more, and its history stays.")
    int delete(@Mixin Client client, @Parameters(paramLabel = "ID", description = "A workflow.") String id) {
        JsonNode gone = client.api().delete("/workflows/" + ApiClient.escaped(id));
        if (client.json()) {
            client.output().json(gone);
        } else {
            client.output().line(Shown.text(gone, "workflow_id") + " is " + Shown.text(gone, "status"));
        }
        return Exit.OK;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes a workflow as a package that can be installed elsewhere, or as a Claude Code command.")
    int export(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = "A workflow.") String id,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where to; made if need be.")
                    Path to,
            @Option(names = "--as", paramLabel = "FORM", defaultValue = "package", description = FORM) String form,
            @Option(names = "--force", description = "Replace files that say something else.") boolean force) {
        if (!List.of("package", "claude-command").contains(form)) {
            throw new Exit(Exit.USAGE, "--as: expected package or claude-command, but was " + form);
        }
        String format = form.equals("package") ? "package" : "plugin";
        JsonNode exported = client.api().get("/workflows/" + ApiClient.escaped(id) + "/export?format=" + format);
        List<Path> written = new PackageFolder(to).write(PackageFolder.files(exported), force);
        return said(client, to, written);
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Begins a package in a folder: it can be installed as it stands.")
    int init(
            @Mixin Client client,
            @Parameters(paramLabel = "DIR", description = "Where to; made if need be.") Path folder,
            @Option(names = "--multi", description = "Several workflows that share prompts.") boolean multi) {
        List<Path> written = new PackageFolder(folder).write(Scaffold.files(folder, multi), false);
        return said(client, folder, written);
    }

    private static int said(Client client, Path folder, List<Path> written) {
        if (client.json()) {
            ObjectNode answer = ApiClient.JSON.createObjectNode().put("folder", folder.toString());
            written.forEach(path -> answer.withArray("files").add(path.toString()));
            client.output().json(answer);
        } else {
            written.forEach(path -> client.output().line(path.toString()));
        }
        return Exit.OK;
    }
}
