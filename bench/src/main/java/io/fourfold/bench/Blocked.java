package io.fourfold.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Eight callers over HTTP before, while and after RECONCILE of a whole server is held for a minute, by a lock on the
 * row that keeps its place in the log; and whether it catches up after. Arguments: {@code --home FOLDER} (where {@code
 * fourfold-server.jar} lies), {@code --seconds N} (60, of each of the three).
 */
public final class Blocked {

    private static final int CALLERS = 8;
    private static final double WARM_UP_SECONDS = 90;
    private static final int CATCH_UP_SECONDS = 120;
    private static final int POLL_MILLIS = 20;
    private static final String PLACE = "select position from checkpoint where name = 'reconcile'";
    private static final String HEAD = "select coalesce(max(position), 0) from log_entry";

    private Blocked() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        Path home = Path.of(options.values().getOrDefault("--home", "ear/target/server"));
        int seconds = options.number("--seconds", 60);
        Path folder = Files.createTempDirectory("fourfold-blocked-");
        try (Postgres postgres = Postgres.open(null);
                Server server = Server.start(home, folder, postgres.url());
                Connection connection = DriverManager.getConnection(postgres.url())) {
            List<HttpDoor> doors = HttpDoor.open(URI.create("http://127.0.0.1:" + server.port()), CALLERS);
            Measured.Call post = caller -> doors.get(caller).post(record());
            Measured.of(CALLERS, WARM_UP_SECONDS, 1, post);
            Measured before = Measured.of(CALLERS, seconds, 1, post);
            long lag = lag(connection);
            connection.setAutoCommit(false);
            query(connection, PLACE + " for update");
            Measured held = Measured.of(CALLERS, seconds, 1, post);
            long heldBack = lag(connection);
            connection.rollback();
            connection.setAutoCommit(true);
            Measured after = Measured.of(CALLERS, seconds, 1, post);
            System.out.printf("  before  %s, %,d behind%n", before, lag);
            System.out.printf("  held    %s, %,d behind%n", held, heldBack);
            System.out.printf("  after   %s, %.1f s to catch up%n", after, catchUp(connection));
            double free = Math.min(before.micros(0.99), after.micros(0.99));
            new Sheet(System.out).judge("p99", held.micros(0.99) / free, " ×", 1.1, false);
            System.out.printf(
                    Locale.ROOT, "  p99 of the two free runs: %.2f ×%n", after.micros(0.99) / before.micros(0.99));
            for (HttpDoor door : doors) {
                door.close();
            }
        }
    }

    private static byte[] record() {
        String record = "{\"thread\":\"th_bench.blocked\",\"actor\":\"did:fourfold:agent:bench\",\"act\":\"DO\","
                + "\"body\":{\"goal\":\"measure\"}}";
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private static long lag(Connection connection) throws SQLException {
        return query(connection, HEAD) - query(connection, PLACE);
    }

    private static double catchUp(Connection connection) throws Exception {
        long begin = System.nanoTime();
        while (lag(connection) > 0) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS)) {
                throw new IllegalStateException("RECONCILE is still " + lag(connection) + " records behind");
            }
            Thread.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
