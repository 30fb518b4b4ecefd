package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "intend",
        mixinStandardHelpOptions = true,
        description = "Records an intent: what someone wants done, and by whom.")
public final class Intend implements Callable<Integer> {

    @Mixin
    private Client client;

    @Option(names = "--thread", required = true, paramLabel = "THREAD", description = "For example th_release.")
    private String thread;

    @Option(names = "--actor", paramLabel = "DID", description = "Who wants it; else did:fourfold:user:<you>.")
    private String actor;

    @Option(names = "--to", paramLabel = "DID", description = "Who is to do it; else it is routed.")
    private String to;

    @Option(names = "--goal", paramLabel = "TEXT", description = "What is wanted.")
    private String goal;

    @Option(names = "--body", paramLabel = "JSON", description = "A JSON object with more.")
    private String body;

    @Override
    public Integer call() {
        ObjectNode content = body();
        if (goal != null) {
            content.put("goal", goal);
        }
        if (to != null) {
            content.put("to", to);
        }
        if (content.isEmpty()) {
            throw new Exit(Exit.USAGE, "Expected --goal or --body, but neither was given");
        }
        ObjectNode draft = ApiClient.JSON.createObjectNode();
        draft.put("act", "INTEND");
        draft.put("actor", actor == null ? you(System.getProperty("user.name", "")) : actor);
        draft.put("thread", thread);
        draft.set("body", content);
        JsonNode entry = client.api().post("/records", draft);
        if (client.json()) {
            client.output().json(entry);
        } else {
            client.output().line(Shown.text(entry, "id"));
        }
        return Exit.OK;
    }

    private ObjectNode body() {
        if (body == null) {
            return ApiClient.JSON.createObjectNode();
        }
        try {
            if (ApiClient.JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw new Exit(Exit.USAGE, "--body: expected a JSON object, but was " + body);
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.USAGE, "--body: expected a JSON object, but " + broken.getOriginalMessage());
        }
    }

    static String you(String user) {
        String name = user.replaceAll("[^A-Za-z0-9._-]", "_");
        return "did:fourfold:user:" + (name.isEmpty() ? "someone" : name);
    }
}
