package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which executions are meant: one by its id, or with {@code --all} those that the other options leave. */
final class Chosen {

    @Parameters(paramLabel = "ID", arity = "0..1", description = "An execution; or give --all.")
    String id;

    @Option(names = "--all", description = "All that the verb is meant for, or that the options below leave.")
    boolean all;

    @Option(names = "--status", paramLabel = "STATUS", split = ",", description = "With --all: only in these states.")
    List<String> status;

    @Option(names = "--workflow", paramLabel = "ID", description = "With --all: only of this workflow.")
    String workflow;

    @Option(names = "--repository", paramLabel = "NAME", description = "With --all: only on this repository.")
    String repository;

    @Option(names = "--started-before", paramLabel = "TIME", description = "With --all: as 2026-01-31T12:00:00Z.")
    String startedBefore;

    @Option(names = "--dry-run", description = "With --all: says what would become of each, and does nothing.")
    boolean dryRun;

    private boolean narrowed() {
        return status != null || workflow != null || repository != null || startedBefore != null || dryRun;
    }

    /** The id of the one; null when many are meant. */
    String one() {
        if (all && id != null) {
            throw new Exit(Exit.USAGE, "ID: expected none with --all, but was " + id);
        }
        if (!all && id == null) {
            throw new Exit(Exit.USAGE, "ID: expected an execution, or --all, but there is neither");
        }
        if (!all && narrowed()) {
            throw new Exit(
                    Exit.USAGE,
                    "--all: expected with --status, --workflow, --repository, --started-before and --dry-run");
        }
        return id;
    }

    /** Asks all of them; fails when one refuses. */
    int ask(Client client, String verb, ObjectNode body) {
        ObjectNode filter = body.put("verb", verb).put("dry_run", dryRun).putObject("filter");
        if (status != null) {
            ArrayNode states = filter.putArray("status");
            status.forEach(states::add);
        }
        filter.put("workflow_id", workflow).put("repository", repository).put("started_before", startedBefore);
        JsonNode answer = client.api().post("/executions/bulk", body);
        if (client.json()) {
            client.output().json(answer);
        } else {
            print(client, answer);
        }
        return answer.path("refused").asLong() > 0 ? Exit.FAILED : Exit.OK;
    }

    private void print(Client client, JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : answer.path("results")) {
            rows.add(List.of(
                    Shown.text(one, "execution_id"),
                    Shown.text(one, "workflow_id"),
                    Shown.text(one, "state"),
                    Shown.text(one, one.path("success").asBoolean() ? "message" : "error")));
        }
        if (!rows.isEmpty()) {
            client.output().table(List.of("EXECUTION", "WORKFLOW", "STATUS", "MESSAGE"), rows);
        }
        client.output()
                .aside((dryRun ? "Would be done: " : "Done: ") + Shown.text(answer, "accepted") + ", refused: "
                        + Shown.text(answer, "refused")
                        + (answer.path("remaining").asLong() > 0
                                ? ", not asked yet: " + Shown.text(answer, "remaining")
                                : ""));
    }
}
