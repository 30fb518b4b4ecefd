package io.fourfold.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One partition for each day (UTC), made when its first row comes. Days far from today go to the default partition, so
 * that wrong clocks do not make partitions without end.
 */
final class Partitions {

    private static final int PAST_DAYS = 30;
    private static final int FUTURE_DAYS = 2;
    private static final String PREFIX = "telemetry_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

    /** Taken while a partition is made, so that two nodes do not make the same one. */
    private static final long LOCK = 0x0f0f_7e1eL;

    private final InstantSource clock;
    private final Set<LocalDate> known = new HashSet<>();

    Partitions(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes the partitions that these rows want; each in a transaction of its own. */
    void prepare(Connection connection, List<Observation> rows) throws SQLException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (Observation row : rows) {
            LocalDate day = LocalDate.ofInstant(row.at(), ZoneOffset.UTC);
            boolean near = !day.isBefore(today.minusDays(PAST_DAYS)) && !day.isAfter(today.plusDays(FUTURE_DAYS));
            if (near && !known.contains(day)) {
                make(connection, day);
                known.add(day);
            }
        }
    }

    /** Where the default partition holds rows of the day already, it keeps the day. */
    private static void make(Connection connection, LocalDate day) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("create table if not exists " + PREFIX + NAME.format(day)
                    + " partition of telemetry for values from ('" + day + "T00:00:00Z') to ('" + day.plusDays(1)
                    + "T00:00:00Z')");
            connection.commit();
        } catch (SQLException refused) {
            connection.rollback();
            if (!CHECK_VIOLATION.equals(refused.getSQLState())) {
                throw refused;
            }
        }
    }

    private static final String CHECK_VIOLATION = "23514";

    /** Drops the days before this one, and such rows in the default partition; the names of what was dropped. */
    List<String> dropBefore(Connection connection, LocalDate day) throws SQLException {
        List<String> dropped = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery("select inhrelid::regclass::text from pg_inherits"
                    + " where inhparent = 'telemetry'::regclass order by 1")) {
                while (names.next()) {
                    if (isBefore(names.getString(1), day)) {
                        dropped.add(names.getString(1));
                    }
                }
            }
            for (String name : dropped) {
                statement.execute("drop table " + name);
            }
            statement.execute("delete from telemetry_default where at < '" + day + "T00:00:00Z'");
        }
        known.removeIf(one -> one.isBefore(day));
        connection.commit();
        return dropped;
    }

    private static boolean isBefore(String name, LocalDate day) {
        try {
            return LocalDate.parse(name.substring(PREFIX.length()), NAME).isBefore(day);
        } catch (DateTimeParseException theDefault) {
            return false;
        }
    }
}
