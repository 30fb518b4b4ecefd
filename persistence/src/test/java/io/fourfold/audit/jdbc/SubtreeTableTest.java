package io.fourfold.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.audit.CompactRange;
import io.fourfold.audit.Merkle;
import io.fourfold.audit.Proofs;
import io.fourfold.log.jpa.TestJpa;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("machine")
class SubtreeTableTest {

    private static final int RECORDS = 5 * SubtreeTable.CHUNK + 77;

    private static TestJpa database;
    private static SubtreeTable tree;

    @BeforeAll
    static void fill() throws SQLException {
        database = TestJpa.fresh();
        tree = new SubtreeTable(database.source());
        run(
                "insert into log_entry select n, decode(lpad(to_hex(n), 64, '0'), 'hex'), 'th_x', n - 1, 'did:x:y', n, 'DO',"
                        + " 'VOID', '', null, 'default', '', '{}', null, now() from generate_series(1, " + RECORDS
                        + ") n");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1023, 1024, 1025, 2048, 3000, 4096, 5120, RECORDS})
    void theRootIsTheSameBeforeAndAfterSubtreesAreKept(int size) throws SQLException {
        run("truncate merkle_node");
        assertThat(tree.root(0, size)).isEqualTo(naive(size));
        tree.extend(size / 2);
        assertThat(tree.root(0, size)).isEqualTo(naive(size));
        tree.extend(size);
        tree.extend(size);
        assertThat(tree.root(0, size)).isEqualTo(naive(size));
    }

    @Test
    void completeSubtreesAreKeptAndAreWhatIsRead() throws SQLException {
        run("truncate merkle_node");
        tree.extend(RECORDS);
        assertThat(count()).isEqualTo(5 + 2 + 1);
        run("update merkle_node set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where level = 12");
        assertThat(tree.root(0, RECORDS)).isNotEqualTo(naive(RECORDS));
    }

    @Test
    void proofsOverStoredSubtreesHold() throws SQLException {
        run("truncate merkle_node");
        tree.extend(RECORDS);
        for (int index = 0; index < RECORDS; index += 511) {
            assertThat(Proofs.isIncluded(
                            leaf(index), index, RECORDS, Proofs.inclusion(index, RECORDS, tree), naive(RECORDS)))
                    .isTrue();
        }
        for (int from = 1; from < RECORDS; from += 1023) {
            assertThat(Proofs.isConsistent(
                            from, naive(from), RECORDS, naive(RECORDS), Proofs.consistency(from, RECORDS, tree)))
                    .isTrue();
        }
    }

    @Test
    void aMissingRecordIsNamed() {
        assertThatThrownBy(() -> tree.root(0, RECORDS + 1)).hasMessageContaining("position " + (RECORDS + 1));
    }

    private static byte[] leaf(int index) {
        return Merkle.leaf(ByteBuffer.allocate(32).putInt(28, index + 1).array());
    }

    private static byte[] naive(int size) {
        CompactRange range = new CompactRange();
        for (int i = 0; i < size; i++) {
            range.add(leaf(i));
        }
        return range.root();
    }

    private static int count() throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from merkle_node")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
