package io.fourfold.cli.work;

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

@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = "Where packages are looked for by name: git repositories with a marketplace.json.")
public final class RegistryCommand {

    private static final String TOPIC = "/config/package_registry";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the registries.")
    int list(@Mixin Client client) {
        return Lists.show(
                client,
                TOPIC,
                "entries",
                List.of("NAME", "URL", "REF"),
                item -> List.of(
                        Shown.text(item, "name"),
                        Shown.text(item.path("body"), "url"),
                        Shown.text(item.path("body"), "ref")));
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a registry, or changes the one named so.")
    int add(
            @Mixin Client client,
            @Parameters(paramLabel = "NAME", index = "0", description = "Yours to choose.") String name,
            @Parameters(paramLabel = "URL", index = "1", description = "owner/name, https://… or file://….") String url,
            @Option(names = "--ref", paramLabel = "REF", description = "A branch, tag or commit.") String ref) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("name", name).put("url", url);
        if (ref != null) {
            body.put("ref", ref);
        }
        return said(client, client.api().post(TOPIC, body), name + " is a registry now");
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a registry; its packages stay.")
    int remove(@Mixin Client client, @Parameters(paramLabel = "NAME", description = "A registry.") String name) {
        return said(client, client.api().delete(TOPIC + "/" + ApiClient.escaped(name)), name + " is removed");
    }

    private static int said(Client client, JsonNode answer, String words) {
        if (client.json()) {
            client.output().json(answer);
        } else {
            client.output().line(words);
        }
        return Exit.OK;
    }
}
