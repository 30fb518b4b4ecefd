package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** Asks for a list and shows it: as the server gave it, or as a table. */
final class Lists {

    private Lists() {}

    /** A path with the parameters that have a value. */
    static String path(String path, Map<String, Object> parameters) {
        StringJoiner query = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.add(name + "=" + ApiClient.escaped(value.toString()));
            }
        });
        return query.toString();
    }

    /** @param field where the items are; null when the answer is a list itself */
    static int show(
            Client client, String path, String field, List<String> headers, Function<JsonNode, List<String>> row) {
        return show(client, client.api().get(path), field, headers, row);
    }

    /** Shows an answer that is there. */
    static int show(
            Client client, JsonNode answer, String field, List<String> headers, Function<JsonNode, List<String>> row) {
        Output output = client.output();
        if (client.json()) {
            output.json(answer);
            return Exit.OK;
        }
        JsonNode items = field == null || answer.isArray() ? answer : answer.path(field);
        List<List<String>> rows = new ArrayList<>();
        items.forEach(item -> rows.add(row.apply(item)));
        if (rows.isEmpty()) {
            output.aside("Nothing there.");
            return Exit.OK;
        }
        output.table(headers, rows);
        long total = answer.path("total").asLong(rows.size());
        if (total > rows.size()) {
            output.aside(rows.size() + " of " + total);
        }
        if (answer.path("next").isTextual()) {
            output.aside("There may be more: --cursor " + answer.path("next").textValue());
        }
        return Exit.OK;
    }
}
