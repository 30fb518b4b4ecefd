package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        subcommands = PermissionsUnlock.class,
        description = "The server's settings (show), and the rules that steer it, each a record of the log.")
public final class Config {

    private static final String TOPIC = "For example routing_rule; config list names all.";
    private static final String NAME = "The rule's name; \"default\" where there is only one.";
    private static final String NAMESPACE = "Its namespace, if not default.";
    private static final String AS_OF = "As it was at a time (2026-11-20T05:57:18Z) or position.";

    /** Which rule it is, and not what it says. */
    private static final Set<String> IDENTITY = Set.of("topic", "name", "namespace", "enabled");

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Every setting with its value and where the value comes from.")
    int show(@Mixin Client client) {
        return Lists.show(
                client,
                "/settings",
                "settings",
                List.of("SETTING", "VALUE", "SOURCE", "MEANING"),
                setting -> List.of(
                        Shown.text(setting, "name"),
                        Shown.text(setting, "value"),
                        Shown.text(setting, "source"),
                        Shown.text(setting, "meaning")));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "What is in force, by priority; without a topic, how much of each.",
                "A record that was refused is named on standard error: what was in force before it still is."
            })
    int list(
            @Mixin Client client,
            @Parameters(paramLabel = "TOPIC", arity = "0..1", description = TOPIC) String topic,
            @Option(names = "--as-of", paramLabel = "MOMENT", description = AS_OF) String asOf) {
        if (topic == null) {
            if (asOf != null) {
                throw new Exit(Exit.USAGE, "--as-of: expected a TOPIC before it");
            }
            return shown(client, client.api().get("/config"));
        }
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put(asOf != null && asOf.matches("\\d+") ? "asOfPosition" : "asOf", asOf);
        JsonNode answer = client.api().get(Lists.path("/config/" + ApiClient.escaped(topic), parameters));
        int exit = Lists.show(
                client,
                answer,
                "entries",
                List.of("NAME", "NAMESPACE", "RECORD", "SAYS"),
                entry -> List.of(
                        Shown.text(entry, "name"),
                        Shown.text(entry, "namespace"),
                        RecordTable.id(entry, "record"),
                        says(entry.path("body"))));
        refused(client, answer);
        return exit;
    }

    private static int shown(Client client, JsonNode overview) {
        int exit = Lists.show(
                client,
                overview,
                "topics",
                List.of("TOPIC", ">IN FORCE", ">REFUSED"),
                topic -> List.of(
                        Shown.text(topic, "topic"), Shown.text(topic, "entries"), Shown.text(topic, "refused")));
        refused(client, overview);
        return exit;
    }

    private static void refused(Client client, JsonNode answer) {
        if (!client.json()) {
            answer.path("refused").forEach(one -> client.output()
                    .aside("Refused: " + Shown.text(one, "name") + ": " + Shown.text(one, "reason") + " (record "
                            + Shown.text(one, "record") + ")"));
        }
    }

    private static String says(JsonNode body) {
        return body.properties().stream()
                .filter(field -> !IDENTITY.contains(field.getKey()))
                .map(field -> field.getKey() + "="
                        + (field.getValue().isTextual() ? field.getValue().textValue() : field.getValue()))
                .collect(Collectors.joining("  "));
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Puts a rule in force, or another version of it: it holds for the next record.",
                "Its fields come from a JSON file, or as KEY=VALUE; a value is text unless it is a number, true,",
                "false, an array or an object, and always text for expression, schedule and description."
            })
    int add(
            @Mixin Client client,
            @Parameters(paramLabel = "TOPIC", index = "0", description = TOPIC) String topic,
            @Parameters(paramLabel = "NAME", index = "1", description = NAME) String name,
            @Parameters(paramLabel = "KEY=VALUE", index = "2..*", description = "A field.") List<String> fields,
            @Option(names = "-f", paramLabel = "FILE", description = "A JSON object with the fields.") Path file,
            @Option(names = "--namespace", paramLabel = "NS", description = NAMESPACE) String namespace) {
        if (file != null && fields != null) {
            throw new Exit(Exit.USAGE, "-f: expected a file or KEY=VALUE, but there are both");
        }
        ObjectNode body = file == null ? ConfigFields.of(fields) : ConfigFields.of(file);
        ConfigFields.put(body, "name", name);
        ConfigFields.put(body, "namespace", namespace);
        return said(client, client.api().post("/config/" + ApiClient.escaped(topic), body), "is in force");
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Ends a rule; its history stays.")
    int remove(
            @Mixin Client client,
            @Parameters(paramLabel = "TOPIC", index = "0", description = TOPIC) String topic,
            @Parameters(paramLabel = "NAME", index = "1", description = NAME) String name,
            @Option(names = "--namespace", paramLabel = "NS", description = NAMESPACE) String namespace) {
        return said(client, client.api().delete(path(topic, name, "", namespace)), "is removed");
    }

    private static int said(Client client, JsonNode answer, String what) {
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        boolean off = answer.has("enabled") && !answer.path("enabled").asBoolean();
        client.output()
                .line(Shown.text(answer, "namespace") + "/" + Shown.text(answer, "name") + " "
                        + (off ? "is not in force" : what) + " by record " + Shown.text(answer, "record"));
        return Exit.OK;
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "All records of a rule, the newest first: by whom, when, and whether each was valid.")
    int history(
            @Mixin Client client,
            @Parameters(paramLabel = "TOPIC", index = "0", description = TOPIC) String topic,
            @Parameters(paramLabel = "NAME", index = "1", description = NAME) String name,
            @Option(names = "--namespace", paramLabel = "NS", description = NAMESPACE) String namespace) {
        return Lists.show(
                client,
                path(topic, name, "/history", namespace),
                "records",
                List.of(">POSITION", "WHEN (UTC)", "BY", "STATE", "SAYS"),
                past -> List.of(
                        Shown.text(past, "position"),
                        Shown.time(past, "recorded_at"),
                        Shown.text(past, "actor"),
                        state(past),
                        past.path("valid").asBoolean() ? says(past.path("body")) : Shown.text(past, "reason")));
    }

    private static String state(JsonNode past) {
        if (past.path("in_force").asBoolean()) {
            return "in force";
        }
        if (!past.path("valid").asBoolean()) {
            return "refused";
        }
        boolean ends = past.path("body").path("removed").asBoolean()
                || !past.path("body").path("enabled").asBoolean(true);
        return ends ? "ended it" : "replaced";
    }

    private static String path(String topic, String name, String more, String namespace) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("namespace", namespace);
        return Lists.path("/config/" + ApiClient.escaped(topic) + "/" + ApiClient.escaped(name) + more, parameters);
    }
}
