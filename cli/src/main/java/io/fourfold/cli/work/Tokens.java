package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token", mixinStandardHelpOptions = true, description = "Tokens: who may speak to the server.")
public final class Tokens {

    private static final Map<Character, Long> SECONDS = Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L);
    private static final String SCOPES = "records:read|write, config:read|write, executions:read|write or admin.";

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a token and shows it this once.")
    int create(
            @Mixin Client client,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it is for.")
                    String name,
            @Option(names = "--scope", required = true, split = ",", paramLabel = "SCOPE", description = SCOPES)
                    List<String> scopes,
            @Option(
                            names = "--actor",
                            required = true,
                            paramLabel = "DID",
                            description = "Whom it may claim to be; may end in *. The first without is the default.")
                    List<String> actors,
            @Option(names = "--namespace", paramLabel = "NS", description = "Only this one and all below; else all.")
                    List<String> namespaces,
            @Option(names = "--expires", paramLabel = "TIME", description = "30m, 12h or 90d from now; else never.")
                    String expires) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("name", name);
        scopes.forEach(body.putArray("scopes")::add);
        actors.forEach(body.putArray("actors")::add);
        ArrayNode places = body.putArray("namespaces");
        if (namespaces != null) {
            namespaces.forEach(places::add);
        }
        if (expires != null) {
            body.put("expires_in_seconds", seconds(expires));
        }
        JsonNode answer = client.api().post("/tokens", body);
        if (client.json()) {
            client.output().json(answer);
        } else {
            client.output().line(Shown.text(answer, "token"));
            client.output()
                    .aside("Keep it: it is not shown again. Revoke it with: fourfold token revoke "
                            + Shown.text(answer, "id"));
        }
        return Exit.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists tokens, without what opens them.")
    int list(@Mixin Client client) {
        return Lists.show(
                client,
                "/tokens",
                "tokens",
                List.of("ID", "NAME", "SCOPES", "ACTORS", "NAMESPACES", "EXPIRES", "REVOKED", "LAST USED"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "name"),
                        joined(item.path("scopes")),
                        joined(item.path("actors")),
                        joined(item.path("namespaces")),
                        Shown.time(item, "expires_at"),
                        Shown.time(item, "revoked_at"),
                        Shown.time(item, "last_used_at")));
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a token, at once.")
    int revoke(@Mixin Client client, @Parameters(paramLabel = "ID", description = "As list shows it.") String id) {
        JsonNode answer =
                client.api().post("/tokens/" + ApiClient.escaped(id) + "/revoke", ApiClient.JSON.createObjectNode());
        if (client.json()) {
            client.output().json(answer);
        } else {
            client.output().line(Shown.text(answer, "id") + "  revoked");
        }
        return Exit.OK;
    }

    private static long seconds(String expires) {
        if (!expires.matches("[1-9]\\d{0,8}[smhd]")) {
            throw new Exit(Exit.USAGE, "--expires: expected a number and s, m, h or d, but was " + expires);
        }
        int last = expires.length() - 1;
        return Long.parseLong(expires.substring(0, last)) * SECONDS.get(expires.charAt(last));
    }

    private static String joined(JsonNode values) {
        StringJoiner all = new StringJoiner(",").setEmptyValue("-");
        values.forEach(value -> all.add(value.asText()));
        return all.toString();
    }
}
