package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.List;

/** One execution, for people. */
final class ExecutionReport {

    private ExecutionReport() {}

    static void print(JsonNode execution, Output output) {
        output.line(Shown.text(execution, "workflow_name") + "  " + Shown.text(execution, "workflow_execution_id")
                + "  " + Shown.text(execution, "status"));
        JsonNode waiting = execution.path("waiting");
        if (waiting.isObject()) {
            output.line("Waiting: number " + Shown.text(waiting, "position") + " in line; "
                    + Shown.text(waiting, "reason") + ": " + Shown.text(waiting, "message"));
        }
        for (JsonNode deadline : execution.path("deadlines")) {
            String left = Shown.duration(deadline.path("left_seconds").asDouble()) + " left";
            output.line("Deadline: " + Shown.text(deadline, "phase_id") + " has " + left
                    + (deadline.hasNonNull("at")
                            ? ", until " + Shown.time(deadline, "at") + " UTC"
                            : " when it goes on"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode phase : execution.path("phases")) {
            rows.add(List.of(
                    Shown.text(phase, "phase_id"),
                    Shown.text(phase, "status"),
                    Shown.text(phase, "model"),
                    Shown.tokens(phase.path("total_tokens").asLong()),
                    Shown.money(Shown.text(phase, "cost_usd")),
                    Shown.duration(phase.path("duration_seconds").asDouble()),
                    Shown.text(phase, "session_id")));
        }
        output.table(List.of("PHASE", "STATUS", "MODEL", ">TOKENS", ">COST", ">TIME", "SESSION"), rows);
        output.line("Total: " + Shown.tokens(execution.path("total_tokens").asLong()) + " tokens, "
                + Shown.money(Shown.text(execution, "total_cost_usd")) + ", "
                + Shown.duration(execution.path("total_duration_seconds").asDouble()));
        List<String> unpriced = new ArrayList<>();
        execution.path("unpriced_models").forEach(model -> unpriced.add(model.asText()));
        if (!unpriced.isEmpty()) {
            output.line("Without a price, so not in the cost: " + String.join(", ", unpriced));
        }
        for (JsonNode artifact : execution.path("artifact_ids")) {
            output.line("Artifact: " + artifact.asText());
        }
    }
}
