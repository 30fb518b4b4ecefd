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

@Command(
        name = "decision",
        mixinStandardHelpOptions = true,
        description = "Decisions: what people are asked, and what they answer.")
public final class DecisionCommands {

    private static final String ID = "Or its beginning.";
    private static final String SET = "Sets a field of what is proposed; a whole number is one, anything else text.";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists decisions, the newest first.")
    int list(
            @Mixin Client client,
            @Option(names = "--status", paramLabel = "STATUS", description = "open, approved, rejected or expired.")
                    String status,
            @Option(names = "--page", defaultValue = "1", paramLabel = "N", description = "From 1.") int page,
            @Option(names = "--page-size", defaultValue = "50", paramLabel = "N", description = "At most 500.")
                    int pageSize) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("page", page);
        parameters.put("page_size", pageSize);
        parameters.put("status", status);
        return Lists.show(
                client,
                Lists.path("/decisions", parameters),
                "decisions",
                List.of("DECISION", "STATUS", ">CONFIDENCE", ">RECORDS", "ASKED", "QUESTION"),
                item -> List.of(
                        Shown.text(item, "id")
                                .substring(
                                        0, Math.min(12, Shown.text(item, "id").length())),
                        Shown.text(item, "status"),
                        Shown.text(item, "confidence"),
                        String.valueOf(item.path("records").size()),
                        Shown.time(item, "asked_at"),
                        Shown.text(item, "question")));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a decision, and which of the latest records what is proposed would route.")
    int show(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--set", paramLabel = "FIELD=VALUE", description = SET) Map<String, String> edit) {
        String path = "/decisions/" + ApiClient.escaped(id);
        ObjectNode body = ApiClient.JSON.createObjectNode();
        JsonNode answer = edit == null
                ? client.api().get(path)
                : client.api().post(path + "/preview", body.set("edit", fields(edit)));
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        decision(client, answer.path("decision"));
        if (answer.path("preview").isObject()) {
            preview(client, answer.path("preview"));
        }
        return Exit.OK;
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approves a decision: what is proposed is in force at once.")
    int approve(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--set", paramLabel = "FIELD=VALUE", description = SET) Map<String, String> edit,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why.") String reason) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("decision", "approve");
        if (edit != null) {
            body.set("edit", fields(edit));
        }
        return decide(client, id, body, reason);
    }

    @Command(name = "reject", mixinStandardHelpOptions = true, description = "Rejects a decision.")
    int reject(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why.") String reason) {
        return decide(client, id, ApiClient.JSON.createObjectNode().put("decision", "reject"), reason);
    }

    private static int decide(Client client, String id, ObjectNode body, String reason) {
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode answer = client.api().post("/decisions/" + ApiClient.escaped(id) + "/decide", body);
        if (client.json()) {
            client.output().json(answer);
        } else {
            decision(client, answer);
        }
        return Exit.OK;
    }

    private static ObjectNode fields(Map<String, String> edit) {
        ObjectNode fields = ApiClient.JSON.createObjectNode();
        edit.forEach((name, value) -> {
            if (value.matches("-?\\d{1,15}")) {
                fields.put(name, Long.parseLong(value));
            } else {
                fields.put(name, value);
            }
        });
        return fields;
    }

    private static void decision(Client client, JsonNode decision) {
        client.output().line(Shown.text(decision, "id") + "  " + Shown.text(decision, "status"));
        for (String field : List.of("question", "confidence", "rationale", "answered_by", "decision_rule", "reason")) {
            if (decision.hasNonNull(field)) {
                client.output().line("  " + field + ": " + Shown.text(decision, field));
            }
        }
        JsonNode rule = decision.hasNonNull("rule") ? decision.path("rule") : decision.path("proposal");
        rule.properties().stream()
                .filter(field -> !field.getKey().equals("topic"))
                .forEach(field -> client.output()
                        .line("  " + Shown.text(rule, "topic") + "." + field.getKey() + ": "
                                + Shown.text(rule, field.getKey())));
    }

    private static void preview(Client client, JsonNode preview) {
        client.output()
                .line("It holds for " + preview.path("matched").asInt() + " of the latest "
                        + preview.path("tried").asInt() + " records that are routed"
                        + (preview.path("failed").asInt() == 0
                                ? ":"
                                : ", and could not be evaluated on "
                                        + preview.path("failed").asInt() + ":"));
        preview.path("records").forEach(record -> client.output()
                .line("  " + Shown.time(record, "recorded_at") + "  " + Shown.text(record, "thread") + "  "
                        + Shown.text(record, "goal") + "  (today by " + Shown.text(record, "decided_by") + ": "
                        + Shown.text(record, "target") + ")"));
    }
}
