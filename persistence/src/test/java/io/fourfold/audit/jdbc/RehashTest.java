package io.fourfold.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.audit.Finding;
import io.fourfold.audit.Rehash;
import io.fourfold.audit.StoredRow;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("machine")
class RehashTest {

    private static final int RECORDS = 12;

    private final Map<Long, String> roots = new HashMap<>();
    private TestJpa database;
    private StoredRows rows;

    @BeforeEach
    void fill() {
        database = TestJpa.fresh();
        rows = new StoredRows(database.source());
        JpaLog log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.DURABLE);
        List<EntryId> parents = List.of();
        for (int i = 0; i < RECORDS; i++) {
            Json body = Json.parse("{\"kind\":\"k.v1\",\"n\":1e308,\"text\":\"ü€😀 \\u0007 " + i + "\"}");
            Draft draft = Draft.of(new ThreadId("th_" + i % 3), new Did("did:x:y"), Act.DO, body)
                    .withParents(parents);
            Receipt.Stored stored =
                    (Receipt.Stored) log.append(List.of(Append.of(draft))).get(0);
            parents = i % 4 == 3 ? List.of() : List.of(stored.entry().id(), EntryId.of(new byte[32]));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anUntouchedLogHasNoFindings() {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body = replace(body::text, ' 6', ' 7')::json",
                "body = (body::text || ' ')::json",
                "body = replace(body::text, '1e+308', '1E+308')::json",
                "id = set_byte(id, 31, get_byte(id, 31) # 1)",
                "actor = 'did:x:z'",
                "thread = 'th_9'",
                "clock = clock + 5",
                "act = 'PUT'",
                "act = 'PUP'",
                "data_type = 'VOID'",
                "parents = set_byte(parents, 40, get_byte(parents, 40) # 1)",
                "parents = decode(repeat('00', 32), 'hex')",
                "namespace = 'defaulu'",
                "kind = 'k.v2'",
                "version = 40",
                "recorded_at = recorded_at + interval '1 day'"
            })
    void aChangeOfOneColumnIsNamed(String change) throws SQLException {
        tamper("update log_entry set " + change + " where position = 7");

        assertThat(findings()).isNotEmpty().allSatisfy(f -> assertThat(f.position())
                .isBetween(6L, 10L));
    }

    @Test
    void aChangedBodyIsNamedWithBothIds() throws SQLException {
        String id = all().get(6).id();
        tamper("update log_entry set body = replace(body::text, ' 6', ' 7')::json where position = 7");

        assertThat(findings()).singleElement().satisfies(f -> {
            assertThat(f.position()).isEqualTo(7);
            assertThat(f.thread()).isEqualTo("th_0");
            assertThat(f.stored()).isEqualTo(id);
            assertThat(f.computed()).isEqualTo(all().get(6).computedId()).isNotEqualTo(id);
        });
    }

    @Test
    void aBodyThatIsNoJsonAnyMoreIsNamed() throws SQLException {
        tamper(
                "alter table log_entry alter column body type text using body::text",
                "update log_entry set body = '{' || body where position = 7");

        assertThat(findings()).singleElement().satisfies(f -> assertThat(f.position())
                .isEqualTo(7));
    }

    @Test
    void aRowTheDatabaseCannotGiveIsNamedAndTheOthersAreChecked() throws SQLException {
        tamper(
                "alter table log_entry rename to kept",
                "create function broken(n bigint, body json) returns json stable language plpgsql as $$ begin"
                        + " if n = 7 then raise exception 'invalid page' using errcode = 'data_corrupted'; end if;"
                        + " return body; end $$",
                "create view log_entry as select position, version, id, thread, actor, clock, act, data_type, parents,"
                        + " judged_by, namespace, kind, broken(position, body) as body, recorded_at from kept");

        List<Finding> found = new ArrayList<>();
        Rehash rehash = rehash(0, found);
        assertThat(rehash.checked()).isEqualTo(RECORDS);
        assertThat(found).singleElement().satisfies(f -> {
            assertThat(f.position()).isEqualTo(7);
            assertThat(f.fault()).contains("invalid page");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 12})
    void aRecordThatIsGoneIsNamed(long position) throws SQLException {
        long head = rows.head();
        tamper("delete from log_entry where position = " + position);

        assertThat(findings(head)).anySatisfy(f -> {
            assertThat(f.position()).isEqualTo(position);
            assertThat(f.fault()).contains("there is none");
        });
    }

    @Test
    void aRecordThatWasReplacedTogetherWithItsIdDiffersFromTheSignedRoot() throws SQLException {
        for (long size : List.of(3L, 8L, 12L)) {
            roots.put(size, HexFormat.of().formatHex(new SubtreeTable(database.source()).root(0, size)));
        }
        assertThat(findings()).isEmpty();
        tamper("update log_entry set body = replace(body::text, ' 6', ' 7')::json where position = 7");
        String forged = all().get(6).computedId();
        tamper("update log_entry set id = decode('" + forged + "', 'hex') where position = 7");

        assertThat(findings()).extracting(Finding::position).containsExactly(8L, 12L);
        assertThat(findings()).allSatisfy(f -> assertThat(f.fault()).contains("signed root"));
    }

    @Test
    void twoRecordsThatChangedPlacesAreNamed() throws SQLException {
        tamper(
                "update log_entry set position = 100 where position = 5",
                "update log_entry set position = 5 where position = 8",
                "update log_entry set position = 8 where position = 100");

        assertThat(findings()).anySatisfy(f -> assertThat(f.fault()).contains("position above"));
    }

    @Test
    void theDatabaseItselfRefusesToChangeOrDelete() {
        for (String change : List.of("update log_entry set clock = 9", "delete from log_entry", "truncate log_entry")) {
            assertThatThrownBy(() -> execute("set session_replication_role = replica; " + change))
                    .hasMessageContaining("Expected only new rows in log_entry");
        }
    }

    private List<StoredRow> all() {
        List<StoredRow> all = new ArrayList<>();
        rows.each(0, rows.head(), new StoredRows.Reader() {
            @Override
            public void row(StoredRow row) {
                all.add(row);
            }

            @Override
            public void unreadable(long position, String why) {
                throw new AssertionError(position + " " + why);
            }
        });
        return all;
    }

    private List<Finding> findings() {
        return findings(rows.head());
    }

    private List<Finding> findings(long head) {
        List<Finding> found = new ArrayList<>();
        Rehash rehash = rehash(head, found);
        new ThreadOrder(database.source()).check(head, rehash::name);
        return found;
    }

    private Rehash rehash(long upTo, List<Finding> found) {
        long head = upTo == 0 ? rows.head() : upTo;
        Rehash rehash = new Rehash(0, roots, found::add);
        rows.each(0, head, new StoredRows.Reader() {
            @Override
            public void row(StoredRow row) {
                rehash.row(row);
            }

            @Override
            public void unreadable(long position, String why) {
                rehash.unreadable(position, why);
            }
        });
        rehash.end(head);
        return rehash;
    }

    private void tamper(String... statements) throws SQLException {
        execute("alter table log_entry disable trigger log_append_only");
        for (String statement : statements) {
            execute(statement);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
