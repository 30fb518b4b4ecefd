package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Drafts;
import io.fourfold.log.Expect;
import io.fourfold.log.Receipt;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.namespace.Namespaces;
import io.fourfold.server.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a record costs from the bytes of a request to the disk, beside a bare INSERT. Arguments: a JDBC URL with user
 * and password (tables are created there), or none for an embedded PostgreSQL in a temporary folder.
 */
public final class IngestBench {

    private static final double WARM_UP_SECONDS = 2;
    private static final double SECONDS = 4;
    private static final int BATCH = 1_000;
    private static final String BODY = "{\"goal\":\"" + "measure ".repeat(32) + "\",\"n\":%d}";

    private final PrintStream out;
    private final AtomicLong number = new AtomicLong();

    private IngestBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        IngestBench bench = new IngestBench(System.out);
        if (arguments.length > 0) {
            bench.run(arguments[0]);
            return;
        }
        Path folder = Files.createTempDirectory("fourfold-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("data"), folder.resolve("programs"), 0)) {
            bench.run(server.jdbcUrl());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void run(String url) throws Exception {
        try (TestJpa database = TestJpa.on(url)) {
            for (Durability durability : Durability.values()) {
                JpaLog log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), durability);
                Inlet inlet = new Inlet(new IngestLoop(log, new Doorbell()), new Namespaces(log));
                String level = durability == Durability.DURABLE ? "on" : "off";
                out.println("synchronous_commit=" + level);
                for (int callers : new int[] {1, 8, 64}) {
                    try (Floor floor = floor(url, level, callers)) {
                        compare(callers + " callers", callers, 1, floor::insert, caller -> one(inlet, caller));
                    }
                }
                try (Floor floor = floor(url, level, 1)) {
                    compare("batch of " + BATCH, 1, BATCH, c -> floor.insertBatch(c, BATCH), c -> batch(inlet, c));
                }
            }
        }
    }

    private static Floor floor(String url, String level, int callers) throws Exception {
        return new Floor(url + "&options=-c%20synchronous_commit=" + level, callers, BODY.formatted(1));
    }

    private void compare(String what, int callers, int records, Measured.Call floor, Measured.Call ours)
            throws Exception {
        Measured.of(callers, WARM_UP_SECONDS, records, floor);
        Measured least = Measured.of(callers, SECONDS, records, floor);
        Measured.of(callers, WARM_UP_SECONDS, records, ours);
        Measured measured = Measured.of(callers, SECONDS, records, ours);
        out.printf("  %-14s floor    %s%n", what, least);
        out.printf("  %-14s fourfold %s%n", what, measured);
    }

    private void one(Inlet inlet, int caller) {
        expectStored(inlet.accept(request(caller)));
    }

    private void batch(Inlet inlet, int caller) {
        List<Draft> drafts = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            drafts.add(Drafts.parse(request(caller)));
        }
        expectStored(inlet.accept(new Append(drafts, Expect.ANYTHING)));
    }

    private byte[] request(int caller) {
        String body = BODY.formatted(number.incrementAndGet());
        String record = "{\"thread\":\"th_bench." + caller + "\",\"actor\":\"did:fourfold:agent:bench\",\"act\":\"DO\","
                + "\"parents\":[],\"body\":" + body + "}";
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private static void expectStored(Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            throw new IllegalStateException(refused.refusal().message());
        }
    }
}
