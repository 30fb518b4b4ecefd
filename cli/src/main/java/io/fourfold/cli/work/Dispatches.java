package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "dispatch", mixinStandardHelpOptions = true, description = "Dispatches: what became of routed records.")
public final class Dispatches {

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists dispatches, the newest first.")
    int list(
            @Mixin Client client,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "unrouted, waiting, running, handed_over, succeeded or failed.")
                    String status,
            @Option(names = "--target", paramLabel = "DID", description = "Sent to this one.") String target,
            @Option(names = "--decided-by", paramLabel = "STEP", description = "A step of the cascade.") String step,
            @Option(names = "--thread", paramLabel = "THREAD", description = "Asked for on this thread.")
                    String thread) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("status", status);
        parameters.put("target", target);
        parameters.put("decided_by", step);
        parameters.put("thread", thread);
        return Lists.show(
                client,
                Lists.path("/dispatches", parameters),
                "dispatches",
                List.of("DISPATCH", "STATUS", "DECIDED BY", "TARGET", "GOAL", "REASON"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "status"),
                        Shown.text(item, "decided_by"),
                        Shown.text(item, "target"),
                        Shown.text(item, "goal"),
                        Shown.text(item, "failure_reason")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a dispatch, and who decided.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "Or its beginning.") String id) {
        JsonNode answer = client.api().get("/dispatches/" + ApiClient.escaped(id));
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        JsonNode dispatch = answer.path("dispatch");
        client.output().line(Shown.text(dispatch, "id") + "  " + Shown.text(dispatch, "status"));
        for (String field : List.of("record", "target", "family", "execution_id", "sub_thread", "failure_reason")) {
            if (dispatch.hasNonNull(field)) {
                client.output().line("  " + field + ": " + Shown.text(dispatch, field));
            }
        }
        trace(client, answer.path("trace"));
        return Exit.OK;
    }

    /** Who decided, step by step. */
    static void trace(Client client, JsonNode trace) {
        if (trace.hasNonNull("skipped")) {
            client.output().line("Not routed: " + Shown.text(trace, "skipped"));
            return;
        }
        String target = trace.hasNonNull("target") ? Shown.text(trace, "target") : "left to people";
        client.output().line("Decided by " + Shown.text(trace, "decided_by") + ": " + target);
        trace.path("considered").forEach(step -> client.output()
                .line("  " + Shown.text(step, "outcome") + "  " + Shown.text(step, "step") + ": "
                        + Shown.text(step, "why")));
    }
}
