package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class ClaimsTest {

    private TestJpa database;
    private Claims here;
    private Claims there;

    @BeforeEach
    void open() throws SQLException {
        database = TestJpa.fresh();
        here = new Claims(database.source(), "here");
        there = new Claims(database.source(), "there");
        for (int i = 1; i <= 6; i++) {
            sql("insert into execution_queue (execution_id, position) values ('exec-" + i + "', " + i + ")");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** Lets every lease end at the given number of seconds from now. */
    private void leasesEndIn(int seconds) throws SQLException {
        sql("update execution_queue set leased_until = now() + make_interval(secs => " + seconds
                + ") where leased_until is not null");
    }

    @Test
    void theOldestAreClaimedFirstAndNoneTwice() {
        assertThat(here.claim(2)).containsExactly("exec-1", "exec-2");
        assertThat(there.claim(2)).containsExactly("exec-3", "exec-4");
        assertThat(here.waiting()).isEqualTo(2);
    }

    @Test
    void manyNodesAtOnceClaimEachExecutionOnce() throws Exception {
        List<String> claimed = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Claims node = new Claims(database.source(), "node-" + i);
                tasks.add(() -> node.claim(1));
            }
            for (Future<List<String>> task : threads.invokeAll(tasks)) {
                claimed.addAll(task.get());
            }
        }
        assertThat(claimed).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotRenewedCanBeClaimedByAnother() throws SQLException {
        here.claim(2);
        leasesEndIn(-1);
        assertThat(there.claim(1)).containsExactly("exec-1");
    }

    @Test
    void onlyWhatStillRunsIsRenewed() throws SQLException {
        here.claim(2);
        leasesEndIn(5);
        here.renew(List.of("exec-2"));
        sql("update execution_queue set leased_until = leased_until - make_interval(secs => 10)");
        assertThat(there.claim(1)).containsExactly("exec-1");
        assertThat(there.claim(6)).doesNotContain("exec-2");
    }

    @Test
    void aNodeRenewsNothingOfAnother() throws SQLException {
        here.claim(1);
        leasesEndIn(5);
        there.renew(List.of("exec-1"));
        sql("update execution_queue set leased_until = leased_until - make_interval(secs => 10)");
        assertThat(there.claim(1)).containsExactly("exec-1");
    }

    @Test
    void aNodeThatStartsAnewLetsGoOfWhatItHeld() {
        here.claim(2);
        there.claim(1);
        here.releaseAll();
        assertThat(here.waiting()).isEqualTo(5);
    }
}
