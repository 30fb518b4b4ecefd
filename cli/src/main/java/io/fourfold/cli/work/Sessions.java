package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "session", mixinStandardHelpOptions = true, description = "Sessions: what agents did in a phase.")
public final class Sessions {

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists sessions, the newest first.")
    int list(
            @Mixin Client client,
            @Option(names = "--workflow", paramLabel = "ID", description = "Only of this workflow.") String workflow,
            @Option(names = "--status", paramLabel = "STATUS", description = "Only in this state.") String status,
            @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("workflow_id", workflow);
        parameters.put("status", status);
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/sessions", parameters),
                "sessions",
                List.of("ID", "EXECUTION", "PHASE", "STATUS", "MODEL", ">TOKENS", ">COST", "STARTED (UTC)"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "execution_id"),
                        Shown.text(item, "phase_id"),
                        Shown.text(item, "status"),
                        Shown.text(item, "agent_model"),
                        Shown.tokens(item.path("total_tokens").asLong()),
                        Shown.money(Shown.text(item, "total_cost_usd")),
                        Shown.time(item, "started_at")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a session with its operations.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "A session.") String id) {
        JsonNode session = client.api().get("/sessions/" + ApiClient.escaped(id));
        Output output = client.output();
        if (client.json()) {
            output.json(session);
            return Exit.OK;
        }
        output.line(Shown.text(session, "id") + "  " + Shown.text(session, "status") + "  "
                + Shown.text(session, "agent_model"));
        output.line(Shown.tokens(session.path("total_tokens").asLong()) + " tokens, "
                + Shown.money(Shown.text(session, "total_cost_usd")) + ", execution "
                + Shown.text(session, "execution_id") + ", phase " + Shown.text(session, "phase_id"));
        List<List<String>> rows = new ArrayList<>();
        session.path("operations")
                .forEach(item -> rows.add(List.of(
                        Shown.time(item, "timestamp"),
                        Shown.text(item, "operation_type"),
                        Shown.text(item, "tool_name"),
                        item.path("success").asBoolean(true) ? "" : "failed")));
        output.table(List.of("TIME (UTC)", "OPERATION", "TOOL", ""), rows);
        return Exit.OK;
    }
}
