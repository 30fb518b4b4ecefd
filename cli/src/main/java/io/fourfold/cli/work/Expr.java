package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Refused;
import io.fourfold.cli.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "expr", mixinStandardHelpOptions = true, description = "Expressions (CEL): tries them out.")
public final class Expr {

    private static final String WHERE = "Where it stands, for example routing or permission; else ${DEFAULT-VALUE}.";

    /** What the variables are. */
    static final class Given {

        @Option(names = "--record", paramLabel = "ID", description = "A stored record is the variable record.")
        String record;

        @Option(names = "--bindings", paramLabel = "FILE", description = "JSON: {\"record\": {…}, \"system\": {…}}.")
        Path bindings;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Whether configuration would take it; 2 when not.")
    int check(
            @Mixin Client client,
            @Parameters(paramLabel = "EXPRESSION", description = "For example: record.act == 'INTEND'") String text,
            @Option(names = "--context", defaultValue = "routing", paramLabel = "CONTEXT", description = WHERE)
                    String context) {
        JsonNode answer = client.api().post("/expressions/check", form(context, text));
        if (client.json()) {
            client.output().json(answer);
            return answer.path("ok").asBoolean() ? Exit.OK : Exit.USAGE;
        }
        if (!answer.path("ok").asBoolean()) {
            JsonNode error = answer.path("error");
            throw fault(text, Shown.text(error, "message"), error);
        }
        client.output().line("ok");
        return Exit.OK;
    }

    @Command(name = "eval", mixinStandardHelpOptions = true, description = "What it comes to, as JSON.")
    int eval(
            @Mixin Client client,
            @Parameters(paramLabel = "EXPRESSION", description = "For example: record.body.amount > 5") String text,
            @Option(names = "--context", defaultValue = "routing", paramLabel = "CONTEXT", description = WHERE)
                    String context,
            @ArgGroup Given given) {
        ObjectNode form = form(context, text);
        if (given != null) {
            form.set("bindings", bindings(client, given));
        }
        try {
            JsonNode answer = client.api().post("/expressions/eval", form);
            client.output().json(client.json() ? answer : answer.path("value"));
            return Exit.OK;
        } catch (Refused refused) {
            if (refused.problem().has("column")) {
                throw fault(text, Shown.text(refused.problem(), "reason"), refused.problem());
            }
            throw refused;
        }
    }

    private static ObjectNode form(String context, String text) {
        return ApiClient.JSON.createObjectNode().put("context", context).put("expression", text);
    }

    private static JsonNode bindings(Client client, Given given) {
        if (given.record != null) {
            JsonNode record = client.api().get("/records/" + ApiClient.escaped(given.record));
            return ApiClient.JSON.createObjectNode().set("record", record);
        }
        try {
            return ApiClient.JSON.readTree(Files.readString(given.bindings));
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "--bindings: expected a file of JSON, but " + broken.getMessage());
        }
    }

    /** The line at fault, a caret under its column, and what is wrong there. */
    private static Exit fault(String text, String message, JsonNode place) {
        List<String> lines = text.lines().toList();
        int line = Math.clamp(place.path("line").asInt(1), 1, Math.max(1, lines.size()));
        int column = Math.max(1, place.path("column").asInt(1));
        String shown = lines.isEmpty() ? "" : lines.get(line - 1);
        return new Exit(
                Exit.USAGE,
                List.of(shown, " ".repeat(column - 1) + "^", "line " + line + ", column " + column + ": " + message));
    }
}
