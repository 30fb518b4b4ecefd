package io.fourfold.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps so many executions under way on a server, and counts in its database what became of them. */
final class Crowd implements AutoCloseable {

    private static final int POLL_MILLIS = 500;
    private static final int STARTERS = 8;

    /** How much longer than it should an execution may take before it is stuck. */
    private static final int STUCK_SECONDS = 120;

    private static final String STATES = "select id, workflow_id, status, extract(epoch from queued_at)::float8,"
            + " extract(epoch from started_at)::float8 from view_execution_list order by queued_at";
    private static final String EVENTS =
            "select execution_id, coalesce(phase_id, ''), count(*) from telemetry group by 1, 2";

    /** One execution, as the list shows it; {@code started} is 0 before it has. */
    private record State(String id, String workflow, String status, double queued, double started) {
        boolean isOpen() {
            return List.of("not_started", "running", "paused").contains(status);
        }
    }

    private final Server server;
    private final Connection connection;
    private final Recordings recordings;
    private final NorthStar.Plan plan;
    private final Rest rest;
    private final Readers readers;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean up = true;
    private int peak;
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private long residentMiB;
    private double awaySeconds;
    private double load;

    Crowd(Server server, String database, Recordings recordings, NorthStar.Plan plan) throws SQLException {
        this.server = server;
        this.connection = DriverManager.getConnection(database);
        this.recordings = recordings;
        this.plan = plan;
        this.rest = Rest.of(server.port());
        this.readers = new Readers(rest, () -> up);
    }

    NorthStar.Report run() throws Exception {
        for (Recordings.Played workflow : recordings.workflows()) {
            rest.post("/workflows/package", workflow.packaged());
        }
        readers.start();
        sustain(plan.restart() ? plan.seconds() / 2 : plan.seconds());
        load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (plan.restart()) {
            restart();
            sustain(plan.seconds() - plan.seconds() / 2);
        }
        readers.end();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.executionSeconds() + STUCK_SECONDS);
        while (look().stream().anyMatch(State::isOpen) && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
        return report();
    }

    private void sustain(int seconds) throws SQLException, IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            long open = look().stream().filter(State::isOpen).count();
            start((int) (plan.atOnce() - open));
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void start(int more) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(STARTERS)) {
            threads.invokeAll(Collections.nCopies(Math.max(0, more), this::start));
        }
    }

    private Void start() throws InterruptedException {
        List<Recordings.Played> all = recordings.workflows();
        String workflow = all.get(starts.getAndIncrement() % all.size()).id();
        try {
            acknowledged.add(rest.post("/workflows/" + workflow + "/execute", "{}")
                    .get("execution_id")
                    .asText());
        } catch (IOException refused) {
            failures.incrementAndGet();
            System.err.println("  not started: " + refused);
        }
        return null;
    }

    private List<State> look() throws SQLException, IOException {
        residentMiB = Math.max(residentMiB, server.residentMiB());
        List<State> all = rows(
                STATES,
                row -> new State(
                        row.getString(1), row.getString(2), row.getString(3), row.getDouble(4), row.getDouble(5)));
        int running =
                (int) all.stream().filter(s -> s.status().equals("running")).count();
        peak = Math.max(peak, running);
        return all;
    }

    private void restart() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        up = false;
        server.kill();
        server.startAgain();
        up = true;
        awaySeconds = (System.nanoTime() - begin) / 1e9;
    }

    private NorthStar.Report report() throws Exception {
        List<State> states = look();
        Map<String, State> byId = new HashMap<>();
        states.forEach(state -> byId.put(state.id(), state));
        long expected = 0;
        int wrong = 0;
        Map<String, Map<String, Integer>> found = events();
        for (State state : states) {
            Recordings.Played played = recordings.of(state.workflow());
            expected += played.total();
            Map<String, Integer> seen = found.getOrDefault(state.id(), Map.of());
            for (var phase : played.events().entrySet()) {
                if (!seen.getOrDefault(phase.getKey(), 0).equals(phase.getValue())) {
                    wrong++;
                    System.err.printf("  %s %s: expected %s, but saw %s%n", state, phase.getKey(), phase, seen);
                }
            }
        }
        long total = found.values().stream()
                .flatMap(phases -> phases.values().stream())
                .mapToLong(Integer::longValue)
                .sum();
        List<State> first = states.subList(0, Math.min(plan.atOnce(), states.size()));
        double begin = first.getFirst().queued();
        int lost = (int) acknowledged.stream()
                .filter(id -> !byId.containsKey(id)
                        || !byId.get(id).isOpen() && !byId.get(id).status().equals("completed"))
                .count();
        return new NorthStar.Report(
                first.stream().mapToDouble(s -> s.started() - begin).max().orElse(0),
                peak,
                acknowledged.size(),
                (int) states.stream().filter(s -> !s.isOpen()).count(),
                lost,
                (int) states.stream().filter(State::isOpen).count(),
                expected,
                total,
                wrong,
                readers.followed().size(),
                wrongStreams(byId),
                failures.get() + readers.failures());
    }

    private int wrongStreams(Map<String, State> byId) {
        int wrong = 0;
        for (var stream : readers.followed().entrySet()) {
            int expected = recordings.of(byId.get(stream.getKey()).workflow()).total();
            if (stream.getValue() != expected) {
                wrong++;
                System.err.printf("  stream of %s: expected %d frames%n", stream, expected);
            }
        }
        return wrong;
    }

    private Map<String, Map<String, Integer>> events() throws SQLException {
        Map<String, Map<String, Integer>> found = new HashMap<>();
        rows(EVENTS, row -> found.computeIfAbsent(row.getString(1), id -> new HashMap<>())
                .put(row.getString(2), row.getInt(3)));
        return found;
    }

    private interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Read<T> read) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.add(read.of(row));
            }
        }
        return all;
    }

    Readers readers() {
        return readers;
    }

    long residentMiB() {
        return residentMiB;
    }

    double awaySeconds() {
        return awaySeconds;
    }

    /** Of the machine, in the middle. */
    double load() {
        return load;
    }

    @Override
    public void close() throws SQLException {
        rest.http().shutdownNow();
        connection.close();
    }
}
