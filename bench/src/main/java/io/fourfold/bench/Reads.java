package io.fourfold.bench;

import io.fourfold.log.jpa.TestJpa;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.RowTable;
import io.fourfold.view.Views;
import io.fourfold.view.cache.LocalCache;
import io.fourfold.view.cache.RedisCache;
import io.fourfold.view.cache.RedisProcess;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * How fast executions are read: the phases of one by its id, from the database (the floor), the cache of the process
 * and a Redis; then pages of the list. Arguments: {@code --executions N} (100,000), {@code --only keys,pages},
 * {@code --url JDBC}.
 */
public final class Reads {

    private static final int BATCH = 1_000;
    private static final int PHASES = 3;
    private static final int HOT = 1_000;
    private static final int CALLERS = 2;
    private static final int PAGE = 50;
    private static final double KEY_AIM_MICROS = 1_000;
    private static final double PAGE_AIM_MICROS = 50_000;
    private static final List<String> STATUSES = List.of("completed", "completed", "completed", "failed", "running");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final TestJpa database;
    private final int executions;
    private final Sheet sheet = new Sheet(System.out);

    private Reads(TestJpa database, int executions) {
        this.database = database;
        this.executions = executions;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url())) {
            Reads bench = new Reads(database, options.number("--executions", 100_000));
            bench.fill(database.source());
            Map<String, Options.Part> parts = new LinkedHashMap<>();
            parts.put("keys", bench::keys);
            parts.put("pages", bench::pages);
            options.run(parts);
        }
    }

    private void fill(DataSource source) throws SQLException {
        RowTable<ExecutionRow> list = RowTable.of(ExecutionRow.class);
        RowTable<PhaseRow> detail = RowTable.of(PhaseRow.class);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (int from = 0; from < executions; from += BATCH) {
                List<Object[]> rows = new ArrayList<>();
                List<Object[]> phases = new ArrayList<>();
                for (int i = from; i < Math.min(executions, from + BATCH); i++) {
                    rows.add(list.values(execution(i)));
                    for (int place = 1; place <= PHASES; place++) {
                        phases.add(detail.values(phase(i, place)));
                    }
                }
                list.upsert(connection, rows);
                detail.upsert(connection, phases);
            }
            statement.execute("vacuum analyze");
        }
    }

    private static String id(int number) {
        return "exec-%012x".formatted(number * 2_654_435_761L & 0xffff_ffff_ffffL);
    }

    private static ExecutionRow execution(int number) {
        ExecutionRow row = new ExecutionRow();
        row.id = id(number);
        row.workflowId = "workflow-" + number % 20;
        row.workflowName = "Workflow " + number % 20;
        row.task = "Mend what is broken in number " + number;
        row.status = STATUSES.get(number % STATUSES.size());
        row.queuedAt = BEGIN.plusSeconds(number);
        row.startedAt = row.queuedAt;
        row.completedAt = row.status.equals("running") ? null : row.queuedAt.plusSeconds(60);
        row.completedPhases = PHASES;
        row.totalPhases = PHASES;
        row.inputTokens = number;
        row.costUsd = new BigDecimal("0.25");
        row.startedBy = "did:fourfold:user:local";
        row.repos = List.of("https://github.com/octo/r" + number % 100 + ".git");
        return row;
    }

    private static PhaseRow phase(int number, int place) {
        PhaseRow row = new PhaseRow();
        row.executionId = id(number);
        row.phaseId = "phase-" + place;
        row.id = row.executionId + "/" + row.phaseId;
        row.name = "Phase " + place;
        row.place = place;
        row.status = "completed";
        row.agent = "claude";
        row.model = "sonnet";
        row.timeoutSeconds = 300;
        row.costByModel = Map.of("claude-sonnet", "0.25");
        return row;
    }

    private void keys() throws Exception {
        sheet.title("The phases of an execution by its id, one of " + HOT + " that are asked for often");
        try (RedisProcess redis = RedisProcess.started();
                RedisCache shared = new RedisCache(
                        redis.url(), () -> "bench", () -> UUID.randomUUID().toString(), System::nanoTime);
                LocalCache local = new LocalCache(System::nanoTime)) {
            Map<String, Measured.Call> contenders = new LinkedHashMap<>();
            contenders.put("database", phases(new Views(database.units())));
            contenders.put("process", phases(new Views(database.units(), local)));
            contenders.put("redis", phases(new Views(database.units(), shared)));
            Map<String, Measured> all = sheet.measure(CALLERS, 1, contenders);
            for (String kind : List.of("process", "redis")) {
                sheet.judge(kind + " p99", all.get(kind).micros(0.99), " µs", KEY_AIM_MICROS, false);
            }
        }
    }

    private Measured.Call phases(Views views) {
        return caller -> {
            String id = id(ThreadLocalRandom.current().nextInt(Math.min(HOT, executions)));
            if (views.phases(id).size() != PHASES) {
                throw new IllegalStateException("Expected the phases of " + id);
            }
        };
    }

    private void pages() throws Exception {
        sheet.title("Pages of " + PAGE + " of " + executions + " executions, with their true total");
        Views views = new Views(database.units());
        Map<String, Measured.Call> contenders = new LinkedHashMap<>();
        contenders.put("first", page(views, last -> 1));
        contenders.put(
                "any", page(views, last -> 1 + ThreadLocalRandom.current().nextInt(last)));
        contenders.put("last", page(views, last -> last));
        contenders.put(
                "failed",
                caller -> views.page(
                        ExecutionRow.class,
                        Views.where().is("status", List.of("failed")),
                        "r.queuedAt desc, r.id",
                        1,
                        PAGE));
        contenders.put(
                "workflow",
                caller -> views.page(
                        ExecutionRow.class,
                        Views.where().is("workflowId", "workflow-7"),
                        "r.queuedAt desc, r.id",
                        1,
                        PAGE));
        Map<String, Measured> all = sheet.measure(1, PAGE, contenders);
        all.forEach(
                (name, measured) -> sheet.judge(name + " p95", measured.micros(0.95), " µs", PAGE_AIM_MICROS, false));
    }

    private Measured.Call page(Views views, Function<Integer, Integer> number) {
        int last = Math.max(1, executions / PAGE);
        return caller -> {
            long total = views.page(
                            ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", number.apply(last), PAGE)
                    .total();
            if (total != executions) {
                throw new IllegalStateException("Expected all to be counted, but were " + total);
            }
        };
    }
}
