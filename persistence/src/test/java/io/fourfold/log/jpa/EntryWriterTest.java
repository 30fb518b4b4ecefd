package io.fourfold.log.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("machine")
class EntryWriterTest {

    /** More than the driver needs to switch to a statement prepared on the server. */
    private static final int APPENDS = 20;

    private static final String SPY = """
            create table spied (what text);
            create function spy() returns trigger language plpgsql as $$
            begin
                insert into spied select current_setting('synchronous_commit') || ' ' || count(*) from pg_locks
                    where locktype = 'advisory' and pid = pg_backend_pid() and granted;
                return new;
            end $$;
            create trigger spy before insert on log_entry for each row execute function spy();""";

    @ParameterizedTest
    @CsvSource({"DURABLE, on 1", "RELAXED, off 1"})
    void theLockAndTheDurabilityHoldForTheInsertAndNoLonger(Durability durability, String expected)
            throws SQLException {
        try (TestJpa database = TestJpa.fresh();
                Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SPY);
            Log log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), durability);
            for (int i = 0; i < APPENDS; i++) {
                log.append(List.of(Append.of(draft())));
            }

            assertThat(texts(statement, "select what from spied")).containsExactly(expected);
            assertThat(
                            texts(
                                    statement,
                                    "select count(*)::text from pg_locks where locktype = 'advisory'"
                                            + " and database = (select oid from pg_database where datname = current_database())"))
                    .containsExactly("0");
        }
    }

    @Test
    void aRefusedInsertLeavesNoLockAndNoRow() throws SQLException {
        try (TestJpa database = TestJpa.fresh();
                Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            Log log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.DURABLE);
            statement.execute("alter table log_entry add constraint none check (false) not valid");
            assertThatThrownBy(() -> log.append(List.of(Append.of(draft())))).isInstanceOf(IllegalStateException.class);
            statement.execute("alter table log_entry drop constraint none");

            Log other = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.DURABLE);
            other.append(List.of(Append.of(draft())));

            assertThat(log.head()).isEqualTo(1);
        }
    }

    private static Draft draft() {
        return Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY);
    }

    private static TreeSet<String> texts(Statement statement, String sql) throws SQLException {
        TreeSet<String> texts = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
