package io.fourfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** People who look on: at the list, at one execution of it, and live at one until it is over. */
final class Readers {

    private static final int THREADS = 4;
    private static final int STREAMS = 4;
    private static final int REST_MILLIS = 100;

    private final Rest rest;
    private final BooleanSupplier up;
    private final Queue<Long> lists = new ConcurrentLinkedQueue<>();
    private final Queue<Long> details = new ConcurrentLinkedQueue<>();

    /** By execution: frames of what its agents were seen to do. */
    private final Map<String, Integer> followed = new ConcurrentHashMap<>();

    private final AtomicInteger failures = new AtomicInteger();
    private final long begin = System.nanoTime();
    private volatile boolean over;

    /** {@code up} says whether a failure is the server's fault. */
    Readers(Rest rest, BooleanSupplier up) {
        this.rest = rest;
        this.up = up;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            Thread.ofVirtual().start(() -> repeat(this::look));
        }
        for (int i = 0; i < STREAMS; i++) {
            Thread.ofVirtual().start(() -> repeat(this::follow));
        }
    }

    /** Nothing new is looked at; streams that are open go on to their end. */
    void end() {
        over = true;
    }

    Measured list() {
        return measured(lists);
    }

    Measured detail() {
        return measured(details);
    }

    Map<String, Integer> followed() {
        return followed;
    }

    int failures() {
        return failures.get();
    }

    private Measured measured(Queue<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Measured(sorted, (System.nanoTime() - begin) / 1e9, 1);
    }

    private interface Turn {
        void run() throws IOException, InterruptedException;
    }

    private void repeat(Turn turn) {
        try {
            while (!over) {
                boolean before = up.getAsBoolean();
                try {
                    turn.run();
                } catch (IOException broken) {
                    if (before && up.getAsBoolean()) {
                        failures.incrementAndGet();
                        System.err.println("  a reader failed: " + broken);
                    }
                }
                Thread.sleep(REST_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException, InterruptedException {
        JsonNode executions = timed("/executions?page_size=50", lists).get("executions");
        if (!executions.isEmpty()) {
            int any = ThreadLocalRandom.current().nextInt(executions.size());
            timed("/executions/" + id(executions.get(any)), details);
        }
    }

    private static String id(JsonNode execution) {
        return execution.get("workflow_execution_id").asText();
    }

    private JsonNode timed(String path, Queue<Long> nanos) throws IOException, InterruptedException {
        long before = System.nanoTime();
        JsonNode answer = rest.get(path);
        nanos.add(System.nanoTime() - before);
        return answer;
    }

    /** Some execution that runs, from its start to its end. */
    private void follow() throws IOException, InterruptedException {
        JsonNode running = rest.get("/executions?page_size=50&status=running").get("executions");
        if (!running.isEmpty()) {
            String id = id(running.get(ThreadLocalRandom.current().nextInt(running.size())));
            followed.put(id, new Follower(rest, id).follow());
        }
    }
}
