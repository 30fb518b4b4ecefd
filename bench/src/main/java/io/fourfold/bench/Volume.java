package io.fourfold.bench;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a long log is slower than an empty one, and what a small record takes on the disk: appends are measured on an
 * empty log, then it is filled, then they are measured again; a plain table of the same shape, which stays small,
 * stands beside both. Arguments: {@code --records N} (10,000,000), {@code --url JDBC}.
 */
public final class Volume {

    private static final int CALLERS = 4;
    private static final int BATCH = 1_000;

    /** As executions come and go: so many threads at work, and each over when it holds so many records. */
    private static final int THREADS_AT_WORK = 100;

    private static final int RECORDS_PER_THREAD = 1_000;
    /** Makes names that follow one another lie far apart, as random ones do. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final double FILL_SECONDS = 10;
    private static final Did ACTOR = new Did("did:fourfold:agent:bench");

    private final AtomicLong number = new AtomicLong();
    private final Sheet sheet = new Sheet(System.out);
    private final Node node;
    private final TestJpa database;
    private final String url;

    private Volume(TestJpa database, String url) {
        this.database = database;
        this.url = url;
        this.node = Node.on(database, Durability.DURABLE);
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url())) {
            new Volume(database, postgres.url()).run(options.number("--records", 10_000_000));
        }
    }

    private void run(long records) throws Exception {
        Map<String, Double> empty = rates("An empty log");
        while (number.get() < records) {
            Measured.of(CALLERS, FILL_SECONDS, BATCH, this::batch);
            System.out.printf(Locale.ROOT, "%,d records%n", number.get());
        }
        Map<String, Double> full = rates(String.format(Locale.ROOT, "A log of %,d records", number.get()));
        for (String kind : List.of("batch", "single")) {
            double floor = full.get(kind + " floor") / empty.get(kind + " floor");
            double ratio = full.get(kind) / empty.get(kind);
            System.out.printf(Locale.ROOT, "  %s: %.2f × an empty log's rate, floor %.2f ×%n", kind, ratio, floor);
            sheet.judge(kind + " to an empty log", ratio, " ×", 0.8, true);
        }
        sheet.judge("disk, with indexes", bytes() / (double) node.log().head(), " bytes a record", 500, false);
    }

    private Map<String, Double> rates(String title) throws Exception {
        Map<String, Double> rates = new LinkedHashMap<>();
        try (Floor floor = new Floor(url, 8, body(0).canonical())) {
            sheet.title(title + ", " + CALLERS + " callers × " + BATCH);
            Map<String, Measured.Call> batches = new LinkedHashMap<>();
            batches.put("batch floor", caller -> floor.insertBatch(caller, BATCH));
            batches.put("batch", this::batch);
            sheet.measure(CALLERS, BATCH, batches).forEach((name, all) -> rates.put(name, all.recordsPerSecond()));
        }
        try (Floor floor = new Floor(url, 8, body(0).canonical())) {
            sheet.title(title + ", 8 callers of single records");
            Map<String, Measured.Call> singles = new LinkedHashMap<>();
            singles.put("single floor", floor::insert);
            singles.put("single", caller -> node.write(next()));
            sheet.measure(8, 1, singles).forEach((name, all) -> rates.put(name, all.recordsPerSecond()));
        }
        return rates;
    }

    private void batch(int caller) {
        List<Append> appends = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            appends.add(next());
        }
        node.inlet().acceptAll(appends).forEach(Node::stored);
    }

    private Append next() {
        long n = number.incrementAndGet();
        long generation = n / (THREADS_AT_WORK * RECORDS_PER_THREAD);
        String thread =
                "th_execution." + Long.toHexString((generation * THREADS_AT_WORK + n % THREADS_AT_WORK) * SPREAD);
        return Append.of(Draft.of(new ThreadId(thread), ACTOR, Act.DO, body(n)));
    }

    private static Json body(long n) {
        return Json.parse("{\"goal\":\"measure\",\"n\":" + n + "}");
    }

    private long bytes() throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_total_relation_size('log_entry')")) {
            row.next();
            return row.getLong(1);
        }
    }
}
