package io.fourfold.bench;

import io.fourfold.log.jpa.TestJpa;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From the start of an execution of two phases, whose agents end at once, until it is completed: in process beside a
 * DBOS workflow of two steps in the same PostgreSQL, and over REST on a whole server beside a Restate handler of two
 * steps. Arguments: {@code --clients N} (8, beside 1), {@code --url JDBC}, {@code --restate URL} (of the ingress of a
 * Restate that has {@code src/main/restate/two-steps.mjs}; without it there is nothing over REST), {@code --home
 * FOLDER} (where {@code fourfold-server.jar} lies), {@code --recordings FOLDER}, {@code --only process,rest}.
 */
public final class RoundTrip {

    private RoundTrip() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        Map<String, Options.Part> parts = new LinkedHashMap<>();
        parts.put("process", () -> process(options));
        if (options.get("--restate") != null) {
            parts.put("rest", () -> rest(options));
        }
        options.run(parts);
    }

    private static void process(Options options) throws Exception {
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url());
                TwoPhases ours = TwoPhases.on(database);
                DurableFlows theirs = new DurableFlows(postgres.url())) {
            measure("Two steps in process", options, caller -> ours.run(), "DBOS", caller -> theirs.run());
        }
    }

    private static void rest(Options options) throws Exception {
        URI handler = URI.create(options.get("--restate")).resolve("/bench/run");
        int clients = options.number("--clients", 8);
        Path home = Path.of(options.values().getOrDefault("--home", "ear/target/server"));
        Path folder = Files.createTempDirectory("fourfold-roundtrip-");
        try (Postgres postgres = Postgres.open(options.get("--url"));
                Server server = Server.start(
                        home,
                        folder,
                        postgres.url(),
                        Map.of("FOURFOLD_EXECUTIONS_MAX", Integer.toString(2 * clients)))) {
            Rest rest = Rest.of(server.port());
            rest.post(
                    "/workflows/package", Recordings.atOnce(recordings(options)).packaged());
            measure("Two steps over REST", options, caller -> run(rest), "Restate", caller -> call(rest, handler));
            rest.http().close();
        } finally {
            NorthStar.delete(folder);
        }
    }

    private static Path recordings(Options options) {
        return Path.of(options.values().getOrDefault("--recordings", NorthStar.RECORDINGS));
    }

    private static void run(Rest rest) throws Exception {
        String id = rest.post("/workflows/" + Recordings.AT_ONCE + "/execute", "{}")
                .get("execution_id")
                .asText();
        new Follower(rest, id).follow();
    }

    private static void call(Rest rest, URI handler) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(handler)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("\"x\""))
                .build();
        HttpResponse<String> answer = rest.http().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private static void measure(String what, Options options, Measured.Call ours, String rival, Measured.Call theirs)
            throws Exception {
        Map<String, Measured.Call> contenders = new LinkedHashMap<>();
        contenders.put("executions", ours);
        contenders.put(rival, theirs);
        Sheet sheet = new Sheet(System.out);
        for (int clients : new int[] {1, options.number("--clients", 8)}) {
            sheet.warmUp(clients, contenders);
            sheet.title(what + ", from start to end, by " + clients + " clients");
            sheet.ratio("round trips", sheet.measure(clients, 1, contenders), "executions", rival);
        }
    }
}
