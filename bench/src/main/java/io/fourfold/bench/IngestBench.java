package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.log.Drafts;
import io.fourfold.log.Entry;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.TestJpa;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a record costs from the bytes of a request to the disk, beside the floor and a peer on the same PostgreSQL in
 * the same run. Arguments, each optional: {@code --url JDBC} (tables are created there; else an embedded PostgreSQL in
 * a temporary folder), {@code --message-db FOLDER} (the folder {@code database} of that package), {@code --server URL}
 * (a running Fourfold, for the door over HTTP), {@code --only NAME,…}.
 */
public final class IngestBench {

    private static final int BATCH = 1_000;

    /** A server is measured when it has been at work for a while: until then its compiler takes half of the machine. */
    private static final double HTTP_WARM_UP_SECONDS = 90;

    private static final String BODY = "{\"goal\":\"" + "measure ".repeat(61) + "\",\"n\":%d}";

    private final AtomicLong number = new AtomicLong();
    private final Sheet sheet = new Sheet(System.out);
    private final Options options;
    private final TestJpa database;
    private final String url;

    private IngestBench(Options options, TestJpa database, String url) {
        this.options = options;
        this.database = database;
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url())) {
            new IngestBench(options, database, postgres.url()).run();
        }
    }

    private void run() throws Exception {
        Map<String, Options.Part> parts = new LinkedHashMap<>();
        parts.put("cpu", this::cpu);
        parts.put("visible", this::visible);
        parts.put("one", this::one);
        parts.put("eight", this::eight);
        parts.put("many", this::many);
        parts.put("batch", this::batch);
        parts.put("dead", this::deadSubscriber);
        parts.put("http", this::http);
        options.run(parts);
    }

    private void cpu() throws Exception {
        sheet.title("CPU path, " + request("cpu").length + " bytes: parse, validate, canonical, hash");
        byte[][] requests = new byte[1_000][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request("cpu");
        }
        AtomicLong next = new AtomicLong();
        Measured ours = sheet.measure(1, 1, Map.of("fourfold", caller -> {
                    byte[] request = requests[(int) (next.getAndIncrement() % requests.length)];
                    RecordHash.id(Drafts.request(request).drafts().get(0).withClock(7));
                }))
                .get("fourfold");
        sheet.judge("p50", ours.micros(0.5), " µs", 8, false);
        sheet.judge("p99", ours.micros(0.99), " µs", 40, false);
    }

    private void visible() throws Exception {
        sheet.title("Visible to a subscriber in process, relaxed, 1 client");
        Node node = Node.on(database, Durability.RELAXED);
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        Floor floor = new Floor(url + "&options=-c%20synchronous_commit=off", 1, BODY.formatted(1));
        calls.put("floor", floor::insert);
        calls.put("rung", caller -> {
            CountDownLatch heard = new CountDownLatch(1);
            Doorbell.Subscription listening = node.doorbell().listen(new ThreadId("th_bench.v"), heard::countDown);
            Node.stored(node.inlet().accept(request("v")));
            heard.await();
            listening.close();
        });
        calls.put("and read", caller -> {
            Entry entry = Node.stored(node.inlet().accept(request("v")));
            expect(node.log().after(entry.position() - 1, 1).size() == 1);
        });
        Map<String, Measured> all = sheet.measure(1, 1, calls);
        floor.close();
        double ratio = all.get("rung").micros(0.99) / all.get("floor").micros(0.99);
        sheet.judge("p99", all.get("rung").micros(0.99), " µs", 100, false);
        sheet.judge("p99 to a prepared INSERT", ratio, " ×", 1.2, false);
    }

    private void one() throws Exception {
        sheet.title("Durable, 1 client");
        Map<String, Measured> all = compare(1);
        double ratio = all.get("fourfold").micros(0.5) / all.get("floor").micros(0.5);
        sheet.judge("p50 to a prepared INSERT", ratio, " ×", 1.2, false);
    }

    private void eight() throws Exception {
        sheet.title("Durable, 8 clients, one thread");
        Map<String, Measured> all = compare(8);
        double ours = all.get("fourfold").recordsPerSecond();
        sheet.judge("to the floor", ours / all.get("floor").recordsPerSecond(), " ×", 0.8, true);
        if (all.containsKey("message-db")) {
            sheet.judge("to message-db", ours / all.get("message-db").recordsPerSecond(), " ×", 3, true);
        }
    }

    private void many() throws Exception {
        sheet.title("Durable, 64 callers of single records");
        sheet.judge("records", compare(64).get("fourfold").recordsPerSecond(), "/s", 25_000, true);
    }

    private Map<String, Measured> compare(int callers) throws Exception {
        Node node = Node.on(database, Durability.DURABLE);
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        String folder = options.get("--message-db");
        try (Floor floor = new Floor(url, callers, BODY.formatted(1));
                Peer peer = folder == null || callers > 8
                        ? null
                        : new Peer(url, Path.of(folder), callers, BODY.formatted(1))) {
            calls.put("floor", floor::insert);
            if (peer != null) {
                calls.put("message-db", peer::write);
            }
            calls.put("fourfold", caller -> Node.stored(node.inlet().accept(request("one"))));
            return sheet.measure(callers, 1, calls);
        }
    }

    private void batch() throws Exception {
        sheet.title("Durable, the batch door, 4 callers × " + BATCH);
        Node node = Node.on(database, Durability.DURABLE);
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        try (Floor floor = new Floor(url, 4, BODY.formatted(1))) {
            calls.put("floor", caller -> floor.insertBatch(caller, BATCH));
            calls.put("fourfold", caller -> {
                List<byte[]> requests = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    requests.add(request("batch" + caller));
                }
                node.inlet().acceptRequests(requests).forEach(Node::stored);
            });
            double records = sheet.measure(4, BATCH, calls).get("fourfold").recordsPerSecond();
            sheet.judge("records", records, "/s", 60_000, true);
            sheet.judge("records", records, "/s", 100_000, true);
        }
    }

    private void deadSubscriber() throws Exception {
        sheet.title("Durable, 8 clients, beside a subscriber that never reads");
        Node alone = Node.on(database, Durability.DURABLE);
        Node watched = Node.on(database, Durability.DURABLE);
        CountDownLatch never = new CountDownLatch(1);
        Thread dead = Thread.ofVirtual().start(new DeadSubscriber(watched.doorbell(), watched.log(), never));
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        calls.put("without", caller -> Node.stored(alone.inlet().accept(request("dead"))));
        calls.put("with", caller -> Node.stored(watched.inlet().accept(request("dead"))));
        Map<String, Measured> all = sheet.measure(8, 1, calls);
        sheet.judge("p99", all.get("with").micros(0.99) / all.get("without").micros(0.99), " ×", 1.1, false);
        never.countDown();
        dead.join();
    }

    private void http() throws Exception {
        String server = options.get("--server");
        if (server == null) {
            return;
        }
        sheet.title("Durable over HTTP, 8 clients");
        List<HttpDoor> doors = HttpDoor.open(URI.create(server), 8);
        Measured.Call post = caller -> doors.get(caller).post(request("http"));
        Measured.of(8, HTTP_WARM_UP_SECONDS, 1, post);
        Measured ours = sheet.measure(8, 1, Map.of("fourfold", post)).get("fourfold");
        sheet.judge("records", ours.recordsPerSecond(), "/s", 4_000, true);
        for (HttpDoor door : doors) {
            door.close();
        }
    }

    private byte[] request(String thread) {
        String record = "{\"thread\":\"th_bench." + thread + "\",\"actor\":\"did:fourfold:agent:bench\",\"act\":\"DO\","
                + "\"parents\":[],\"body\":" + BODY.formatted(number.incrementAndGet()) + "}";
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("Expected an acknowledged record to be read, but it was not there");
        }
    }
}
