package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "record", mixinStandardHelpOptions = true, description = "Records: what the log holds.")
public final class Records {

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a record.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "A record.") String id) {
        JsonNode entry = client.api().get("/records/" + ApiClient.escaped(id));
        if (!client.json()) {
            client.output()
                    .line(Shown.text(entry, "act") + " by " + Shown.text(entry, "actor") + " in "
                            + Shown.text(entry, "thread") + ", position " + Shown.text(entry, "position") + ", "
                            + Shown.time(entry, "recorded_at"));
        }
        client.output().json(client.json() ? entry : entry.path("body"));
        return Exit.OK;
    }

    @Command(
            name = "route",
            mixinStandardHelpOptions = true,
            description = "Says where a record went and why, or where one that is not stored would go.")
    int route(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", arity = "0..1", description = "A record.") String id,
            @Option(names = "--draft", paramLabel = "JSON", description = "One that is not stored, instead.")
                    String draft) {
        if (id == null == (draft == null)) {
            throw new Exit(Exit.USAGE, "Expected either ID or --draft");
        }
        JsonNode trace = draft == null
                ? client.api().get("/records/" + ApiClient.escaped(id) + "/route")
                : client.api().post("/records/route", parsed("--draft", draft));
        if (client.json()) {
            client.output().json(trace);
        } else {
            Dispatches.trace(client, trace);
        }
        return Exit.OK;
    }

    @Command(
            name = "prove",
            mixinStandardHelpOptions = true,
            description = "Writes the proof that a record is in the log under a signed tree head.")
    int prove(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = "A record.") String id,
            @Option(names = "--size", paramLabel = "N", description = "Under the head of N records; else the newest.")
                    Long size,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to; it is overwritten.")
                    Path file) {
        String path = "/audit/proof?record=" + ApiClient.escaped(id) + (size == null ? "" : "&size=" + size);
        Audit.write(client.output(), file, client.api().get(path));
        return Exit.OK;
    }

    @Command(name = "query", mixinStandardHelpOptions = true, description = "Finds records.")
    int query(
            @Mixin Client client,
            @Parameters(
                            paramLabel = "FILTER",
                            description = "JSON: {\"kind\":\"order.v1\",\"body.amount\":{\"$$gt\":5}}.")
                    String filter,
            @Option(names = "--limit", paramLabel = "N", description = "1 to 1000.") Integer limit,
            @Option(names = "--order", paramLabel = "ORDER", description = "asc, or desc: the last first.")
                    String order,
            @Option(names = "--cursor", paramLabel = "NEXT", description = "Where an earlier answer ended.")
                    String cursor,
            @Option(names = "--count", description = "Also count all that match, up to 100000.") boolean count,
            @Option(names = "--explain", description = "Say how it would be found instead.") boolean explain) {
        ObjectNode query = ApiClient.JSON.createObjectNode();
        query.set("filter", parsed("FILTER", filter));
        query.put("count", count).put("explain", explain);
        if (limit != null) {
            query.put("limit", limit);
        }
        if (order != null) {
            query.put("order", order);
        }
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        JsonNode answer = client.api().post("/records/query", query);
        if (explain && !client.json()) {
            answer.path("plan").forEach(line -> client.output().line(line.asText()));
            return Exit.OK;
        }
        return Lists.show(client, answer, "records", RecordTable.IN_THE_LOG, RecordTable::inTheLog);
    }

    private static ObjectNode parsed(String name, String text) {
        try {
            if (ApiClient.JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new Exit(Exit.USAGE, name + ": expected a JSON object, but was " + text);
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.USAGE, name + ": expected a JSON object, but " + broken.getOriginalMessage());
        }
    }
}
