package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "projection",
        mixinStandardHelpOptions = true,
        description = "Read models: how far each has come, and how to fold one again.")
public final class Projections {

    private static final long LOOK_NANOS = 200_000_000;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the read models.")
    int list(@Mixin Client client) {
        return Lists.show(
                client,
                client.api().get("/projections"),
                "projections",
                List.of("READ MODEL", ">POSITION", ">LAG", ">PASSED OVER", "REBUILD", "HELD BY"),
                item -> List.of(
                        Shown.text(item, "name"),
                        Shown.text(item, "position"),
                        Shown.text(item, "lag"),
                        Integer.toString(item.path("parked").size()),
                        progress(item.path("rebuild")),
                        Shown.text(item, "failure")));
    }

    private static String progress(JsonNode rebuild) {
        String state = Shown.text(rebuild, "state");
        return state.equals("running")
                ? state + " " + Shown.text(rebuild, "position") + "/" + Shown.text(rebuild, "head")
                : state;
    }

    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            description = "Folds a read model again from the first record on; it can be read meanwhile.")
    int rebuild(
            @Mixin Client client,
            @Parameters(paramLabel = "NAME", description = "As list shows it.") String name,
            @Option(names = "--detach", description = "Does not wait for the end.") boolean detach) {
        String path = "/projections/" + ApiClient.escaped(name);
        JsonNode answer = client.api().post(path + "/rebuild", ApiClient.JSON.createObjectNode());
        String last = "";
        while (!detach && !isOver(answer)) {
            LockSupport.parkNanos(LOOK_NANOS);
            answer = client.api().get(path);
            String now = progress(answer.path("rebuild"));
            if (!now.equals(last)) {
                client.output().aside(name + ": " + now);
                last = now;
            }
        }
        if (client.json()) {
            client.output().json(answer);
        } else {
            told(client, name, answer.path("rebuild"));
        }
        return answer.path("rebuild").path("state").asText().equals("failed") ? Exit.FAILED : Exit.OK;
    }

    private static boolean isOver(JsonNode answer) {
        return List.of("done", "failed")
                .contains(answer.path("rebuild").path("state").asText());
    }

    private static void told(Client client, String name, JsonNode rebuild) {
        client.output().line(name + " " + Shown.text(rebuild, "state") + " at " + Shown.text(rebuild, "position"));
        if (rebuild.path("parked").asInt() > 0) {
            client.output()
                    .line("  passed over: " + Shown.text(rebuild, "parked") + " (GET /projections/" + name + ")");
        }
        if (rebuild.hasNonNull("failure")) {
            client.output().line("  " + Shown.text(rebuild, "failure"));
        }
    }
}
