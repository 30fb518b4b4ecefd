package io.fourfold.bench;

import io.fourfold.engine.Projector;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Draft;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.projection.FoldedRows;
import io.fourfold.projection.ReadModels;
import io.fourfold.projection.SampleLog;
import io.fourfold.view.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How fast the log is folded into the read models: each alone, then all together, beside a floor: the rows that were
 * written in the end, inserted in batches into plain tables. Twice, the first time to warm up. Arguments:
 * {@code --executions N} (5,000; some 27 records each), {@code --only alone,together}, {@code --url JDBC}.
 */
public final class Projection {

    private static final int FLOOR_BATCH = 1_000;
    private static final int TURNS = 3;
    private static final double AIM = 50_000;

    private final TestJpa database;
    private final Log log;
    private final Sheet sheet = new Sheet(System.out);

    private Projection(TestJpa database) {
        this.database = database;
        this.log = Node.on(database, Durability.RELAXED).log();
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url())) {
            Projection bench = new Projection(database);
            bench.fill(options.number("--executions", 5_000));
            Map<String, Options.Part> parts = new LinkedHashMap<>();
            parts.put("alone", bench::alone);
            parts.put("together", bench::together);
            options.run(parts);
        }
    }

    private void fill(int executions) {
        List<Draft> drafts = SampleLog.of(executions, 1);
        long begin = System.nanoTime();
        SampleLog.write(log, drafts);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "%,d records written in %.2f s%n", log.head(), seconds);
    }

    private void alone() throws SQLException {
        rates(models());
        sheet.title("Each read model alone");
        rates(models())
                .forEach((name, rate) -> System.out.printf(Locale.ROOT, "  %-20s %,12.0f records/s%n", name, rate));
    }

    /** In turns, so that a busy moment of the machine hits all alike; the best of each. */
    private void together() throws SQLException {
        sheet.title("All read models together");
        rate(models());
        double folded = 0;
        double floor = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            folded = Math.max(folded, rate(models()));
            floor = Math.max(floor, floor());
        }
        System.out.printf(Locale.ROOT, "  %,d rows in the end; folded to the floor %.2f ×%n", rows(), folded / floor);
        sheet.judge("floor, the same rows inserted in batches", floor, " records/s", AIM, true);
        sheet.judge("folded", folded, " records/s", AIM, true);
    }

    private List<io.fourfold.kit.Projection<?>> models() {
        return ReadModels.over(log, new Expressions());
    }

    private Map<String, Double> rates(List<io.fourfold.kit.Projection<?>> models) throws SQLException {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (io.fourfold.kit.Projection<?> model : models) {
            rates.put(model.name(), rate(List.of(model)));
        }
        return rates;
    }

    /** Records a second, from an empty table on. */
    private double rate(List<io.fourfold.kit.Projection<?>> models) throws SQLException {
        for (io.fourfold.kit.Projection<?> model : models) {
            execute("truncate " + RowTable.of(model.rowType()).name());
            execute("delete from checkpoint where name = '" + model.name() + "'");
        }
        Projector projector = new Projector(log, new FoldedRows(database.source()), models);
        long begin = System.nanoTime();
        long folded = 0;
        for (int read = projector.turn(); read > 0; read = projector.turn()) {
            folded += read;
        }
        projector.standings().stream()
                .filter(standing -> standing.failure() != null)
                .findAny()
                .ifPresent(held -> {
                    throw new IllegalStateException(held.toString());
                });
        return folded / ((System.nanoTime() - begin) / 1e9);
    }

    /** The rows there are now, inserted into tables without indexes; in records of the log a second. */
    private double floor() throws SQLException {
        double seconds = 0;
        for (String table : tables()) {
            execute("drop table if exists floor_rows");
            execute("create table floor_rows (like " + table + ")");
            seconds += insert(table);
        }
        return log.head() / seconds;
    }

    private double insert(String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select cast(t as text) from " + table + " t")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        long begin = System.nanoTime();
        String sql = "insert into floor_rows select (cast(r as floor_rows)).* from unnest(?::text[]) r";
        try (Connection connection = database.source().getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int from = 0; from < rows.size(); from += FLOOR_BATCH) {
                List<String> some = rows.subList(from, Math.min(rows.size(), from + FLOOR_BATCH));
                insert.setArray(1, connection.createArrayOf("text", some.toArray()));
                insert.executeUpdate();
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private TreeSet<String> tables() {
        TreeSet<String> tables = new TreeSet<>();
        models().forEach(model -> tables.add(RowTable.of(model.rowType()).name()));
        return tables;
    }

    private long rows() throws SQLException {
        long rows = 0;
        for (String table : tables()) {
            try (Connection connection = database.source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                count.next();
                rows += count.getLong(1);
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
