package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "namespace", mixinStandardHelpOptions = true, description = "Namespaces: where records are filed.")
public final class Namespaces {

    private static final String ID = "For example acme/shop.";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists namespaces.")
    int list(@Mixin Client client) {
        return Lists.show(
                client,
                "/namespaces",
                "namespaces",
                List.of("NAMESPACE", "STATUS", "TAKES RECORDS", "DESCRIPTION"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "status"),
                        item.path("open").asBoolean() ? "yes" : "no",
                        Shown.text(item, "description")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a namespace.")
    int show(@Mixin Client client, @Parameters(paramLabel = "NS", description = ID) String id) {
        return shown(client, client.api().get("/namespaces/" + escaped(id)));
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Opens a namespace; those above must be.")
    int create(
            @Mixin Client client,
            @Parameters(paramLabel = "NS", description = ID) String id,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") String description,
            @Option(names = "--policy", paramLabel = "JSON", description = "Kept with it.") String policy) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("id", id).put("description", description);
        if (policy != null) {
            body.set("policy", parsed(policy));
        }
        return shown(client, client.api().post("/namespaces", body));
    }

    @Command(name = "archive", mixinStandardHelpOptions = true, description = "Closes it, and all below, for records.")
    int archive(@Mixin Client client, @Parameters(paramLabel = "NS", description = ID) String id) {
        return change(client, id, "archive");
    }

    @Command(name = "activate", mixinStandardHelpOptions = true, description = "Opens an archived one again.")
    int activate(@Mixin Client client, @Parameters(paramLabel = "NS", description = ID) String id) {
        return change(client, id, "activate");
    }

    private static int change(Client client, String id, String verb) {
        return shown(
                client,
                client.api().post("/namespaces/" + escaped(id) + "/" + verb, ApiClient.JSON.createObjectNode()));
    }

    /** Its segments are segments of the path. */
    private static String escaped(String id) {
        return ApiClient.escaped(id).replace("%2F", "/");
    }

    private static JsonNode parsed(String policy) {
        try {
            return ApiClient.JSON.readTree(policy);
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.USAGE, "--policy: expected JSON, but " + broken.getOriginalMessage());
        }
    }

    private static int shown(Client client, JsonNode namespace) {
        if (client.json()) {
            client.output().json(namespace);
        } else {
            client.output().line(Shown.text(namespace, "id") + "  " + Shown.text(namespace, "status"));
        }
        return Exit.OK;
    }
}
