package io.fourfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Kills the server and its PostgreSQL at random points while eight callers write over HTTP, and then counts what is
 * wrong in the log. Arguments: {@code --home FOLDER} (where {@code fourfold-server.jar} lies), {@code --kills N} (100),
 * {@code --database-kills N} (30), {@code --seed N}. Exit 1 when anything is.
 */
public final class CrashProof {

    static final String SHARED = "th_crash.shared";
    static final int WRITERS = 8;

    /** Between two kills, counted from when the server is ready. */
    private static final int LIFE_MILLIS_MAX = 1_500;

    private static final int PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was found at the end. */
    public record Report(
            int kills, int databaseKills, int acknowledged, int stored, int lost, int gaps, int duplicates) {
        public boolean isClean() {
            return lost == 0 && gaps == 0 && duplicates == 0;
        }
    }

    private final Server server;
    private final Random random;

    private CrashProof(Server server, long seed) {
        this.server = server;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        int seed = options.number("--seed", 1);
        Report report = run(
                Path.of(options.values().getOrDefault("--home", "ear/target/server")),
                options.number("--kills", 100),
                options.number("--database-kills", 30),
                seed);
        System.out.println(report + ", seed " + seed);
        System.exit(report.isClean() ? 0 : 1);
    }

    public static Report run(Path home, int kills, int databaseKills, long seed) throws Exception {
        Path folder = Files.createTempDirectory("fourfold-crash-");
        try (Server server = Server.start(home, folder)) {
            return new CrashProof(server, seed).run(kills, databaseKills);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Report run(int kills, int databaseKills) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.port());
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(new CrashWriter(url, writer, over)));
            }
            try {
                kill(kills, databaseKills);
            } finally {
                over.set(true);
            }
            Set<String> acknowledged = new HashSet<>();
            for (Future<List<String>> writer : writers) {
                acknowledged.addAll(writer.get());
            }
            return count(url, acknowledged, kills, databaseKills);
        }
    }

    /** In random order, each at a random moment of the server's life. */
    private void kill(int kills, int databaseKills) throws IOException, InterruptedException {
        int servers = kills;
        int databases = databaseKills;
        while (servers + databases > 0) {
            Thread.sleep(random.nextInt(LIFE_MILLIS_MAX));
            if (random.nextInt(servers + databases) < servers) {
                server.kill();
                server.startAgain();
                servers--;
            } else if (server.killDatabase()) {
                databases--;
            }
            System.out.printf(
                    "%d of %d server, %d of %d database kills to go%n", servers, kills, databases, databaseKills);
        }
        Thread.sleep(LIFE_MILLIS_MAX);
    }

    private static Report count(URI url, Set<String> acknowledged, int kills, int databaseKills) throws Exception {
        Set<String> ids = new HashSet<>();
        int stored = 0;
        int gaps = 0;
        for (int writer = 0; writer <= WRITERS; writer++) {
            String thread = writer == WRITERS ? SHARED : CrashWriter.thread(writer);
            List<JsonNode> entries = read(url, thread);
            for (int version = 0; version < entries.size(); version++) {
                gaps += entries.get(version).get("version").asInt() == version ? 0 : 1;
                ids.add(entries.get(version).get("id").asText());
            }
            stored += entries.size();
        }
        int lost = (int) acknowledged.stream().filter(id -> !ids.contains(id)).count();
        return new Report(kills, databaseKills, acknowledged.size(), stored, lost, gaps, stored - ids.size());
    }

    private static List<JsonNode> read(URI url, String thread) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        String next = "0";
        while (!next.equals("null")) {
            String path = "/api/v1/threads/" + thread + "/records?limit=" + PAGE + "&from=" + next;
            JsonNode page = get(url.resolve(path));
            page.get("records").forEach(entries::add);
            next = page.get("next").asText();
        }
        return entries;
    }

    private static JsonNode get(URI page) throws IOException {
        try (InputStream in = page.toURL().openStream()) {
            return JSON.readTree(in);
        }
    }
}
