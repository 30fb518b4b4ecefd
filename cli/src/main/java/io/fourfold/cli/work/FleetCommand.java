package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "fleet", mixinStandardHelpOptions = true, description = "The kill switch, and the pause of the intake.")
public final class FleetCommand {

    private static final String NAMESPACE = "With all below it; everything, if there is none.";

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what is frozen or held.")
    int show(@Mixin Client client) {
        return shown(client, client.api().get("/fleet"));
    }

    @Command(
            name = "freeze",
            mixinStandardHelpOptions = true,
            description = {
                "Freezes. soft: nothing new is started. hard: and what runs is ended after 60 s.",
                "emergency: and at once, and no records of users and agents are taken but an administrator's."
            })
    int freeze(
            @Mixin Client client,
            @Parameters(paramLabel = "MODE", description = "soft, hard or emergency.") String mode,
            @Option(names = "--namespace", paramLabel = "NS", description = NAMESPACE) String namespace,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Shown with what waits.")
                    String reason) {
        return change(client, mode, namespace, reason);
    }

    @Command(
            name = "unfreeze",
            mixinStandardHelpOptions = true,
            description = "Lifts a freeze. What waited goes on; what was ended stays so.")
    int unfreeze(
            @Mixin Client client,
            @Option(names = "--namespace", paramLabel = "NS", description = "The frozen one; else what froze all.")
                    String namespace,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "lifted", description = "For the record.")
                    String reason) {
        return change(client, "off", namespace, reason);
    }

    private static int change(Client client, String mode, String namespace, String reason) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("mode", mode).put("reason", reason);
        if (namespace != null) {
            body.put("namespace", namespace);
        }
        return shown(client, client.api().post("/fleet/freeze", body));
    }

    /** What a pause of the intake covers: exactly one of them. */
    static final class Covered {
        @Option(names = "--workflow", paramLabel = "ID", description = "Executions of this workflow.")
        private String workflow;

        @Option(names = "--trigger", paramLabel = "NAME", description = "Executions that this trigger starts.")
        private String trigger;

        @Option(names = "--repository", paramLabel = "OWNER/NAME", description = "Executions on this repository.")
        private String repository;

        @Option(names = "--all", description = "Everything.")
        private boolean all;

        private ObjectNode body() {
            ObjectNode body = ApiClient.JSON.createObjectNode();
            if (all) {
                return body.put("all", true);
            }
            return workflow != null
                    ? body.put("workflow", workflow)
                    : trigger != null ? body.put("trigger", trigger) : body.put("repository", repository);
        }
    }

    @Command(
            name = "hold",
            mixinStandardHelpOptions = true,
            description = "Pauses the intake: work is accepted and queued as ever, and not begun. What runs goes on.")
    int hold(
            @Mixin Client client,
            @ArgGroup(multiplicity = "1") Covered covered,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Shown with what waits.")
                    String reason) {
        return shown(client, client.api().post("/fleet/hold", covered.body().put("reason", reason)));
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Opens the intake again. What waited begins, first come first served.")
    int release(
            @Mixin Client client,
            @ArgGroup(multiplicity = "1") Covered covered,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "released", description = "For the record.")
                    String reason) {
        return shown(client, client.api().post("/fleet/release", covered.body().put("reason", reason)));
    }

    private static int shown(Client client, JsonNode answer) {
        if (!client.json() && !answer.path("holds").isEmpty()) {
            Lists.show(
                    client,
                    answer,
                    "holds",
                    List.of("HELD", "SINCE (UTC)", "BY", "REASON"),
                    hold -> List.of(
                            Shown.text(hold, "covers"),
                            Shown.time(hold, "since"),
                            Shown.text(hold, "by"),
                            Shown.text(hold, "reason")));
            if (answer.path("freezes").isEmpty()) {
                return Exit.OK;
            }
        }
        return Lists.show(
                client,
                answer,
                "freezes",
                List.of("NAMESPACE", "MODE", "SINCE (UTC)", "ENDS WORK (UTC)", "BY", "REASON"),
                freeze -> List.of(
                        freeze.path("namespace").asText("everything"),
                        Shown.text(freeze, "mode"),
                        Shown.time(freeze, "since"),
                        Shown.time(freeze, "ends_work_at"),
                        Shown.text(freeze, "by"),
                        Shown.text(freeze, "reason")));
    }
}
