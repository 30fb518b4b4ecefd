package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The fields of a trigger as they are typed, and its explanations as they are read. */
final class TriggerFields {

    private TriggerFields() {}

    /** Each {@code name=value}: JSON where it is, else text; nothing behind the sign takes the field away. */
    static ObjectNode into(ObjectNode body, List<String> fields) {
        for (String field : fields == null ? List.<String>of() : fields) {
            int sign = field.indexOf('=');
            if (sign < 1) {
                throw new Exit(Exit.USAGE, "Expected FIELD=VALUE, but was " + field);
            }
            String name = field.substring(0, sign);
            String value = field.substring(sign + 1);
            if (value.isEmpty()) {
                body.remove(name);
            } else {
                body.set(name, value(value));
            }
        }
        return body;
    }

    private static JsonNode value(String text) {
        try {
            JsonNode read = ApiClient.JSON.readTree(text);
            // A cron expression begins with a number, and would be read no further than that.
            return read.isContainerNode() || read.isBoolean() || text.matches("-?\\d+(\\.\\d+)?") ? read : text(text);
        } catch (JsonProcessingException plain) {
            return text(text);
        }
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** A JSON object, or {@code @} and the file it is in. */
    static ObjectNode object(String given) {
        try {
            String text = given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given;
            if (ApiClient.JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new Exit(Exit.USAGE, "--payload: expected a JSON object, but was " + given);
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.USAGE, "--payload: expected a JSON object, but " + broken.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new Exit(Exit.USAGE, "--payload: cannot read " + given.substring(1));
        }
    }

    static int explained(Client client, JsonNode answer) {
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        client.output().line(Shown.text(answer, "outcome") + "  about " + Shown.text(answer, "subject"));
        JsonNode decided = answer.path("decided");
        if (decided.isObject()) {
            client.output()
                    .line("  recorded: " + Shown.text(decided, "outcome") + " at " + Shown.time(decided, "at") + "  "
                            + Shown.text(decided, "execution"));
        }
        client.output().line("  match: " + Shown.text(answer, "match"));
        answer.path("conditions").forEach(condition -> client.output()
                .line("  " + holds(condition) + "  " + Shown.text(condition, "field") + " "
                        + Shown.text(condition, "operator") + ", was " + text(condition.path("was"))));
        JsonNode expression = answer.path("expression");
        if (expression.isObject()) {
            String failure = expression.hasNonNull("failure") ? ": " + Shown.text(expression, "failure") : "";
            client.output().line("  " + holds(expression) + "  " + Shown.text(expression, "text") + failure);
        }
        answer.path("guards").forEach(guard -> client.output().line("  " + guard(guard)));
        return Exit.OK;
    }

    private static String holds(JsonNode checked) {
        return checked.path("holds").asBoolean() ? "holds" : "fails";
    }

    private static String guard(JsonNode guard) {
        String line = Shown.text(guard, "verdict") + "  " + Shown.text(guard, "guard");
        if (!guard.hasNonNull("reason")) {
            return line;
        }
        String retry = guard.hasNonNull("retry_at") ? ", not before " + Shown.time(guard, "retry_at") : "";
        return line + ": " + Shown.text(guard, "reason") + retry;
    }
}
