package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "execution", mixinStandardHelpOptions = true, description = "Executions: runs of workflows.")
public final class Executions {

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists executions, the newest first.")
    int list(
            @Mixin Client client,
            @Option(names = "--status", paramLabel = "STATUS", description = "Only in this state.") String status,
            @Option(names = "--workflow", paramLabel = "ID", description = "Only of this workflow.") String workflow,
            @Option(names = "--page", defaultValue = "1", description = "Which page, from 1.") int page,
            @Option(names = "--page-size", defaultValue = "50", description = "1 to 100.") int pageSize) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("status", status);
        parameters.put("workflow_id", workflow);
        parameters.put("page", page);
        parameters.put("page_size", pageSize);
        return Lists.show(
                client,
                Lists.path("/executions", parameters),
                "executions",
                List.of("ID", "WORKFLOW", "STATUS", ">PHASES", ">TOKENS", ">COST", "STARTED (UTC)"),
                item -> List.of(
                        Shown.text(item, "workflow_execution_id"),
                        Shown.text(item, "workflow_name"),
                        Shown.text(item, "status"),
                        item.path("completed_phases").asInt() + "/"
                                + item.path("total_phases").asInt(),
                        Shown.tokens(item.path("total_tokens").asLong()),
                        Shown.money(Shown.text(item, "total_cost_usd")),
                        Shown.time(item, "started_at")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an execution with its phases.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "An execution.") String id) {
        JsonNode execution = client.api().get("/executions/" + ApiClient.escaped(id));
        if (client.json()) {
            client.output().json(execution);
            return Exit.OK;
        }
        ExecutionReport.print(execution, client.output());
        if (execution.hasNonNull("error_message")) {
            new Progress().failure(execution).forEach(client.output()::line);
        }
        return Exit.OK;
    }

    @Command(name = "queue", mixinStandardHelpOptions = true, description = "Shows who waits, in line, and why.")
    int queue(
            @Mixin Client client,
            @Option(names = "--limit", defaultValue = "50", description = "The first so many, 1 to 500.") int limit) {
        JsonNode answer = client.api().get("/executions/queue?limit=" + limit);
        if (!client.json()) {
            client.output()
                    .line(answer.path("running").asInt() + " of "
                            + answer.path("limit").asInt() + " running");
        }
        return Lists.show(
                client,
                answer,
                "queue",
                List.of(">POSITION", "ID", "WORKFLOW", "QUEUED (UTC)", "WAITS FOR", "WHY"),
                item -> List.of(
                        Shown.text(item, "position"),
                        Shown.text(item, "workflow_execution_id"),
                        Shown.text(item, "workflow_id"),
                        Shown.time(item, "queued_at"),
                        Shown.text(item, "reason"),
                        Shown.text(item, "message")));
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancels an execution, or many.")
    int cancel(
            @Mixin Client client,
            @Mixin Chosen chosen,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the record.") String reason,
            @Option(names = "--force", description = "At once, not at the next yield point.") boolean force) {
        return control(client, chosen, "cancel", reason, force);
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Holds its agent at the next yield point.")
    int pause(
            @Mixin Client client,
            @Mixin Chosen chosen,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the record.")
                    String reason) {
        return control(client, chosen, "pause", reason, false);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a held agent go on.")
    int resume(@Mixin Client client, @Mixin Chosen chosen) {
        return control(client, chosen, "resume", null, false);
    }

    @Command(name = "interrupt", mixinStandardHelpOptions = true, description = "Stops its agent at once.")
    int interrupt(
            @Mixin Client client,
            @Mixin Chosen chosen,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the record.")
                    String reason) {
        return control(client, chosen, "interrupt", reason, false);
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Runs a failed or interrupted one again from its first unfinished phase.")
    int retry(@Mixin Client client, @Mixin Chosen chosen) {
        return control(client, chosen, "retry", null, false);
    }

    @Command(
            name = "inject",
            mixinStandardHelpOptions = true,
            description = "Says something to its next agent that has not begun yet.")
    int inject(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = "An execution.") String id,
            @Parameters(paramLabel = "MESSAGE", description = "What the agent finds in its prompt.") String message) {
        return control(client, id, "inject", ApiClient.JSON.createObjectNode().put("message", message));
    }

    private static int control(Client client, Chosen chosen, String verb, String reason, boolean force) {
        ObjectNode body = ApiClient.JSON.createObjectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        if (force) {
            body.put("force", true);
        }
        String id = chosen.one();
        return id == null ? chosen.ask(client, verb, body) : control(client, id, verb, body);
    }

    private static int control(Client client, String id, String verb, ObjectNode body) {
        JsonNode answer = client.api().post("/executions/" + ApiClient.escaped(id) + "/" + verb, body);
        if (client.json()) {
            client.output().json(answer);
        } else {
            client.output()
                    .line(Shown.text(answer, "execution_id") + "  " + Shown.text(answer, "state")
                            + (answer.hasNonNull("message") ? "  " + Shown.text(answer, "message") : ""));
        }
        return Exit.OK;
    }
}
