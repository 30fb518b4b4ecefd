package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.audit.Finding;
import io.fourfold.audit.SigningKey;
import io.fourfold.audit.jdbc.SubtreeTable;
import io.fourfold.audit.jdbc.TreeHeadRows;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
class TreeHeadsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path folder;

    private TestJpa database;
    private Log log;
    private TreeHeads heads;
    private RehashAudit audit;

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
        log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.RELAXED);
        heads = new TreeHeads(
                log,
                this::append,
                new SubtreeTable(database.source()),
                new TreeHeadRows(database.source()),
                SigningKey.in(folder.resolve("keys")));
        audit = new RehashAudit(database.source(), heads);
        for (int i = 0; i < 9; i++) {
            write(i);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theJobSignsOncePerDayAndEachHeadNamesTheOneBefore() {
        CronLoop cron =
                new CronLoop(log, this::append, List.of(new CronLoop.Job("tree-head", LocalTime.of(0, 10), heads)));
        assertThat(cron.turn(NOON)).isEqualTo(1);
        assertThat(cron.turn(NOON.plusSeconds(60))).isZero();
        heads.result(NOON.plusSeconds(120));
        assertThat(heads.list(10)).hasSize(1);
        cron.turn(NOON.plus(Duration.ofDays(3)));

        assertThat(heads.list(10)).hasSize(2);
        TreeHeads.Signed newest = heads.latest().orElseThrow();
        assertThat(newest.head().previous()).isEqualTo(heads.list(10).get(1).record());
        assertThat(newest.head().size()).isEqualTo(11);
        assertThat(log.thread(TreeHeads.THREAD, 0, 10)).extracting(Entry::kind).containsOnly("tree_head.signed.v1");
        assertThat(findings()).isEmpty();
    }

    @Test
    void anEmptyLogCanBeSigned() {
        TestJpa empty = TestJpa.fresh();
        try (empty) {
            SubtreeTable tree = new SubtreeTable(empty.source());
            assertThat(new TreeHeads(
                                    log,
                                    this::append,
                                    tree,
                                    new TreeHeadRows(empty.source()),
                                    SigningKey.in(folder.resolve("k")))
                            .root(0))
                    .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
    }

    @Test
    void aRecordReplacedTogetherWithItsIdIsFoundOut() throws SQLException {
        heads.sign(NOON);
        String forged = "encode(sha256(convert_to(replace(:t, '\"n\":4', '\"n\":5'), 'UTF8')), 'hex')";
        String text = RecordHash.canonical(log.after(4, 1).get(0).draft());
        execute("alter table log_entry disable trigger log_append_only");
        execute("update log_entry set body = '{\"n\":5}', id = decode(" + forged.replace(":t", "'" + text + "'")
                + ", 'hex') where position = 5");

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.position()).isEqualTo(9);
            assertThat(finding.fault()).contains("signed root");
        });
    }

    @Test
    void aHeadThatTheKeyDidNotSignIsNamedAndNotListed() {
        TreeHeads.Signed real = heads.sign(NOON);
        ObjectNode body = real.head().body().tree().deepCopy();
        body.put("root", "00".repeat(32));
        Receipt.Stored forged =
                (Receipt.Stored) append(Append.of(Draft.of(TreeHeads.THREAD, CronLoop.ACTOR, Act.KNOW, Json.of(body))));

        assertThat(heads.list(10)).containsExactly(real);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.position()).isEqualTo(forged.entry().position());
            assertThat(finding.fault()).contains("signature does not hold");
        });
    }

    @Test
    void theAuditNamesWhatWasChangedBeyondItsFirstPage() throws SQLException {
        List<Append> group = new ArrayList<>();
        for (int i = 0; i < Log.READ_MAX; i++) {
            group.add(Append.of(Draft.of(new ThreadId("th_y"), new Did("did:x:y"), Act.DO, Json.EMPTY)));
        }
        log.append(group);
        long bent = Log.READ_MAX + 2;
        assertThat(audit.recent().mismatches()).isZero();
        execute("alter table log_entry disable trigger log_append_only");
        execute("update log_entry set body = '{\"n\":-1}' where position = " + bent);

        RehashAudit.Result recent = audit.recent();
        assertThat(recent.checked()).isEqualTo(Log.READ_MAX + 9);
        assertThat(recent.mismatches()).isEqualTo(1);
        assertThat(recent.named()).extracting(Finding::position).containsExactly(bent);
        assertThat(audit.result(NOON).canonical())
                .contains("\"mismatches\":1", "\"positions\":[" + bent + "]", "\"kind\":\"audit.rehash.v1\"");
    }

    private List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        RehashAudit.Result result = audit.whole(found::add, checked -> {});
        assertThat(result.checked()).isEqualTo(log.head());
        assertThat(result.mismatches()).isEqualTo(found.size());
        return found;
    }

    private void write(int n) {
        append(Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.parse("{\"n\":" + n + "}"))));
    }

    private Receipt append(Append append) {
        return log.append(List.of(append)).get(0);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
