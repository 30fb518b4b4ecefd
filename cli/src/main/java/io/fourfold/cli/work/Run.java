package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a workflow and follows it to its end. Exit code 0: completed; 1: it ended otherwise.")
public final class Run implements Callable<Integer> {

    @Mixin
    private Client client;

    @Parameters(paramLabel = "FILE_OR_ID", description = "A workflow file, its folder, or the id of a known workflow.")
    private String workflow;

    @Option(names = "--task", paramLabel = "TEXT", description = "What to do: stands for $ARGUMENTS in prompts.")
    private String task;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "NAME=VALUE",
            description = "An input that the workflow declares. May be repeated.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--repo", paramLabel = "REPO", description = "A repository to work on. May be repeated.")
    private List<String> repos = List.of();

    @Option(names = "--max-cost", paramLabel = "USD", description = "Stops the run when it has cost this much.")
    private BigDecimal maxCost;

    @Option(names = "--namespace", paramLabel = "NS", description = "Where it is done; else in default.")
    private String namespace;

    @Option(names = "--detach", description = "Prints the execution's id and returns at once.")
    private boolean detach;

    @Option(names = "--dry-run", description = "Checks everything and starts nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Optional<WorkflowFile> file = WorkflowFile.find(workflow);
        ApiClient api = client.api();
        Output output = client.output();
        if (dryRun) {
            return dryRun(api, output, file);
        }
        String id = file.isPresent() ? file.get().send(api).path("id").asText() : workflow;
        JsonNode started = api.post("/workflows/" + ApiClient.escaped(id) + "/execute", request());
        String executionId = started.path("execution_id").asText();
        if (detach) {
            if (client.json()) {
                output.json(started);
            } else {
                output.line(executionId);
                output.aside("Follow it with: fourfold watch " + executionId);
            }
            return Exit.OK;
        }
        return new Following(api, output, client.json()).follow(executionId);
    }

    private Integer dryRun(ApiClient api, Output output, Optional<WorkflowFile> file) {
        JsonNode found =
                file.isPresent() ? file.get().validate(api) : api.get("/workflows/" + ApiClient.escaped(workflow));
        if (client.json()) {
            output.json(found);
        }
        if (file.isPresent()) {
            WorkflowFile.mustBeValid(found);
        }
        if (!client.json()) {
            int phases = found.has("phase_count")
                    ? found.path("phase_count").asInt()
                    : found.path("phases").size();
            output.line("Would run " + Shown.text(found, "name") + " with " + phases + " phases; nothing was started.");
        }
        return Exit.OK;
    }

    private ObjectNode request() {
        ObjectNode request = ApiClient.JSON.createObjectNode();
        inputs.forEach(request.putObject("inputs")::put);
        if (task != null) {
            request.put("task", task);
        }
        repos.forEach(repo -> request.withArray("repos").add(absolute(repo)));
        if (maxCost != null) {
            request.put("max_budget_usd", maxCost);
        }
        if (namespace != null) {
            request.put("namespace", namespace);
        }
        return request;
    }

    /** The server does not know this command's folder, so a repository on this machine is named in full. */
    private static String absolute(String repo) {
        boolean isFolder = (repo.startsWith(".") || repo.startsWith("/")) && Files.isDirectory(Path.of(repo));
        return isFolder ? Path.of(repo).toAbsolutePath().normalize().toString() : repo;
    }
}
