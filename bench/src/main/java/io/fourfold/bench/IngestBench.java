package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Drafts;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.namespace.Namespaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a record costs from the bytes of a request to the disk, beside the floor and a peer on the same PostgreSQL in
 * the
 * same run. Arguments, each optional: {@code --url JDBC} (tables are created there; else an embedded PostgreSQL in a
 * temporary folder), {@code --message-db FOLDER} (the folder {@code database} of that package), {@code --server URL} (a
 * running Fourfold, for the door over HTTP), {@code --only NAME,…}.
 */
public final class IngestBench {

    private static final int BATCH = 1_000;
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
        Node node = new Node(Durability.RELAXED);
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        calls.put("rung", caller -> {
            CountDownLatch heard = new CountDownLatch(1);
            Doorbell.Subscription listening = node.doorbell.listen(new ThreadId("th_bench.v"), heard::countDown);
            stored(node.inlet.accept(request("v")));
            heard.await();
            listening.close();
        });
        calls.put("and read", caller -> {
            Entry entry = stored(node.inlet.accept(request("v")));
            expect(node.log.after(entry.position() - 1, 1).size() == 1);
        });
        sheet.judge("p99", sheet.measure(1, 1, calls).get("rung").micros(0.99), " µs", 100, false);
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
        Node node = new Node(Durability.DURABLE);
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
            calls.put("fourfold", caller -> stored(node.inlet.accept(request("one"))));
            return sheet.measure(callers, 1, calls);
        }
    }

    private void batch() throws Exception {
        sheet.title("Durable, the batch door, 4 callers × " + BATCH);
        Node node = new Node(Durability.DURABLE);
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        try (Floor floor = new Floor(url, 4, BODY.formatted(1))) {
            calls.put("floor", caller -> floor.insertBatch(caller, BATCH));
            calls.put("fourfold", caller -> {
                List<byte[]> requests = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    requests.add(request("batch" + caller));
                }
                node.inlet.acceptRequests(requests).forEach(IngestBench::stored);
            });
            double records = sheet.measure(4, BATCH, calls).get("fourfold").recordsPerSecond();
            sheet.judge("records", records, "/s", 60_000, true);
            sheet.judge("records", records, "/s", 100_000, true);
        }
    }

    private void deadSubscriber() throws Exception {
        sheet.title("Durable, 8 clients, beside a subscriber that never reads");
        Node alone = new Node(Durability.DURABLE);
        Node watched = new Node(Durability.DURABLE);
        CountDownLatch never = new CountDownLatch(1);
        Thread dead = Thread.ofVirtual().start(new DeadSubscriber(watched.doorbell, watched.log, never));
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        calls.put("without", caller -> stored(alone.inlet.accept(request("dead"))));
        calls.put("with", caller -> stored(watched.inlet.accept(request("dead"))));
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
        List<HttpDoor> doors = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            doors.add(new HttpDoor(URI.create(server)));
        }
        Measured ours = sheet.measure(
                        8, 1, Map.of("fourfold", caller -> doors.get(caller).post(request("http"))))
                .get("fourfold");
        sheet.judge("records", ours.recordsPerSecond(), "/s", 4_000, true);
        for (HttpDoor door : doors) {
            door.close();
        }
    }

    /** What a server has of it, without the server. */
    private final class Node {
        private final Log log;
        private final Doorbell doorbell = new Doorbell();
        private final Inlet inlet;

        private Node(Durability durability) {
            log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), durability);
            inlet = new Inlet(new IngestLoop(log, doorbell), new Namespaces(log));
        }
    }

    private byte[] request(String thread) {
        String record = "{\"thread\":\"th_bench." + thread + "\",\"actor\":\"did:fourfold:agent:bench\",\"act\":\"DO\","
                + "\"parents\":[],\"body\":" + BODY.formatted(number.incrementAndGet()) + "}";
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private static Entry stored(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Stored stored -> stored.entry();
            case Receipt.Refused refused ->
                throw new IllegalStateException(refused.refusal().message());
        };
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("Expected an acknowledged record to be read, but it was not there");
        }
    }
}
