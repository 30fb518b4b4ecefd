package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

@Command(name = "trigger", mixinStandardHelpOptions = true, description = "Triggers: what starts something by itself.")
public final class Triggers {

    private static final String NAME = "Its name.";
    private static final String FIELDS =
            "For example source=record workflow=fix expression=\"record.body.topic == 'alert'\" cooldown=300.";

    /** Where a trigger is. */
    public static final class Place {

        @Option(names = "--namespace", paramLabel = "NS", description = "Its namespace; else default.")
        private String namespace;

        String path(String name, String more, Map<String, Object> parameters) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("namespace", namespace);
            all.putAll(parameters);
            return Lists.path("/triggers/" + ApiClient.escaped(name) + more, all);
        }

        String path(String name, String more) {
            return path(name, more, Map.of());
        }

        ObjectNode fields() {
            ObjectNode fields = ApiClient.JSON.createObjectNode();
            return namespace == null ? fields : fields.put("namespace", namespace);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists triggers, and how each is doing.")
    int list(@Mixin Client client) {
        return Lists.show(
                client,
                "/triggers",
                "triggers",
                List.of("TRIGGER", "NAMESPACE", "SOURCE", "STATE", ">TODAY", ">COST", "LAST FIRED"),
                item -> List.of(
                        Shown.text(item, "name"),
                        Shown.text(item, "namespace"),
                        Shown.text(item, "source"),
                        Shown.text(item, "state"),
                        Shown.text(item, "fired_today"),
                        Shown.money(Shown.text(item, "cost_today_usd")),
                        Shown.time(item, "last_fired_at")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a trigger.")
    int show(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return shown(client, client.api().get(place.path(name, "")));
    }

    @Command(name = "register", mixinStandardHelpOptions = true, description = "Defines a trigger, from now on.")
    int register(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(index = "1..*", paramLabel = "FIELD=VALUE", description = FIELDS) List<String> fields) {
        return post(client, TriggerFields.into(place.fields().put("name", name), fields));
    }

    @Command(name = "update", mixinStandardHelpOptions = true, description = "Changes fields; FIELD= takes one away.")
    int update(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "FIELD=VALUE", description = FIELDS)
                    List<String> fields) {
        ObjectNode body =
                client.api().get(place.path(name, "")).withObject("body").deepCopy();
        body.remove("topic");
        return post(client, TriggerFields.into(body, fields));
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Defines a trigger for a common need; its workflow declares the inputs it is given.")
    int enable(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "PRESET", description = "self-healing, review-fix or comment-command.")
                    String preset,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "FIELD=VALUE", description = "At least workflow=…")
                    List<String> fields) {
        return post(client, TriggerFields.into(place.fields().put("preset", preset), fields));
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Lets it hear nothing until it is resumed.")
    int pause(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why.") String reason) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("reason", reason);
        return shown(client, client.api().post(place.path(name, "/pause"), body));
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets it hear again, from now on.")
    int resume(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return shown(client, client.api().post(place.path(name, "/resume"), ApiClient.JSON.createObjectNode()));
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Ends it; its history stays.")
    int delete(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return said(client, client.api().delete(place.path(name, "")), "removed");
    }

    @Command(name = "history", mixinStandardHelpOptions = true, description = "What it fired and let be, newest first.")
    int history(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--limit", paramLabel = "N", description = "At most; else 50.") Integer limit,
            @Option(names = "--cursor", paramLabel = "C", description = "Where the page before ended.") String cursor) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("limit", limit);
        parameters.put("cursor", cursor);
        return Lists.show(
                client,
                place.path(name, "/history", parameters),
                "events",
                List.of("AT", "WHAT", "SUBJECT", "EXECUTION", "GUARD", "REASON"),
                item -> {
                    JsonNode event = item.path("event");
                    return List.of(
                            Shown.time(event, "at"),
                            Shown.text(event, "kind").replaceAll("^trigger\\.|\\.v1$", ""),
                            Shown.text(event, "subject"),
                            Shown.text(event, "execution"),
                            Shown.text(event, "guard"),
                            Shown.text(event, "reason"));
                });
    }

    @Command(name = "why", mixinStandardHelpOptions = true, description = "What it made of a record, step by step.")
    int why(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "RECORD", description = "The id of the record.") String event) {
        return TriggerFields.explained(client, client.api().get(place.path(name, "/why", Map.of("event", event))));
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "What it would make of one; fires nothing.")
    int test(
            @Mixin Client client,
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--payload",
                            required = true,
                            paramLabel = "JSON",
                            description = "The body of a record: a JSON object, or @FILE with one.")
                    String payload) {
        ObjectNode body = ApiClient.JSON.createObjectNode();
        body.set("payload", TriggerFields.object(payload));
        return TriggerFields.explained(client, client.api().post(place.path(name, "/test"), body));
    }

    private static int post(Client client, ObjectNode body) {
        return said(client, client.api().post("/triggers", body), "in force");
    }

    private static int said(Client client, JsonNode answer, String what) {
        if (client.json()) {
            client.output().json(answer);
        } else {
            client.output().line(Shown.text(answer, "name") + "  " + what + "  " + Shown.text(answer, "record"));
        }
        return Exit.OK;
    }

    private static int shown(Client client, JsonNode trigger) {
        if (client.json()) {
            client.output().json(trigger);
            return Exit.OK;
        }
        client.output().line(Shown.text(trigger, "name") + "  " + Shown.text(trigger, "state"));
        for (String field : List.of(
                "paused_reason",
                "last_fired_at",
                "last_execution",
                "fired_today",
                "cost_today_usd",
                "running",
                "missed")) {
            if (trigger.hasNonNull(field)) {
                client.output().line("  " + field + ": " + Shown.text(trigger, field));
            }
        }
        trigger.path("body").properties().forEach(field -> client.output()
                .line("  " + field.getKey() + " = " + TriggerFields.text(field.getValue())));
        return Exit.OK;
    }
}
