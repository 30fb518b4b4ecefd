package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Shown;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "The kill switch: stops a namespace with all below it, or everything.")
public final class FleetCommand {

    private static final String NAMESPACE = "With all below it; everything, if there is none.";

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what is frozen.")
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

    private static int shown(Client client, JsonNode answer) {
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
