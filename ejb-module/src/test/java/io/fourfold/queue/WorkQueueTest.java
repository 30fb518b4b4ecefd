package io.fourfold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class WorkQueueTest {

    private TestJpa database;
    private WorkQueue here;
    private WorkQueue there;

    @BeforeEach
    void open() throws SQLException {
        database = TestJpa.fresh();
        here = new WorkQueue(database.source(), "execution", "here");
        there = new WorkQueue(database.source(), "execution", "there");
        for (int i = 1; i <= 6; i++) {
            sql("insert into work_queue (id, queue, position) values ('exec-" + i + "', 'execution', " + i + ")");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<String> ids(WorkQueue queue, int limit) {
        return queue.claim(limit, List.of()).stream().map(Claim::id).toList();
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** Lets every lease end at the given number of seconds from now. */
    private void leasesEndIn(int seconds) throws SQLException {
        sql("update work_queue set leased_until = now() + make_interval(secs => " + seconds
                + ") where leased_until is not null");
    }

    @Test
    void theOldestAreClaimedFirstAndNoneTwice() {
        assertThat(ids(here, 2)).containsExactly("exec-1", "exec-2");
        assertThat(ids(there, 2)).containsExactly("exec-3", "exec-4");
        assertThat(here.waiting()).isEqualTo(2);
    }

    @Test
    void manyNodesAtOnceClaimEachExecutionOnce() throws Exception {
        List<String> claimed = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                WorkQueue node = new WorkQueue(database.source(), "execution", "node-" + i);
                tasks.add(() -> ids(node, 1));
            }
            for (Future<List<String>> task : threads.invokeAll(tasks)) {
                claimed.addAll(task.get());
            }
        }
        assertThat(claimed).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotRenewedCanBeClaimedByAnother() throws SQLException {
        ids(here, 2);
        leasesEndIn(-1);
        assertThat(ids(there, 1)).containsExactly("exec-1");
    }

    @Test
    void onlyWhatStillRunsIsRenewed() throws SQLException {
        ids(here, 2);
        leasesEndIn(5);
        here.renew(List.of("exec-2"));
        sql("update work_queue set leased_until = leased_until - make_interval(secs => 10)");
        assertThat(ids(there, 1)).containsExactly("exec-1");
        assertThat(ids(there, 6)).doesNotContain("exec-2");
    }

    @Test
    void aNodeRenewsNothingOfAnother() throws SQLException {
        ids(here, 1);
        leasesEndIn(5);
        there.renew(List.of("exec-1"));
        sql("update work_queue set leased_until = leased_until - make_interval(secs => 10)");
        assertThat(ids(there, 1)).containsExactly("exec-1");
    }

    @Test
    void aNodeThatStartsAnewLetsGoOfWhatItHeld() {
        ids(here, 2);
        ids(there, 1);
        here.releaseAll();
        assertThat(here.waiting()).isEqualTo(5);
    }

    private void dispatches(String lane, int from, int to) throws SQLException {
        for (int i = from; i <= to; i++) {
            sql("insert into work_queue (id, queue, lane, position) values ('dsp-" + i + "', 'dispatch', '" + lane
                    + "', " + i + ")");
        }
    }

    private List<String> inLanes(String node, int atOnce, Map<String, Integer> perLane) {
        return new WorkQueue(database.source(), "dispatch", node)
                .claim(new Lanes(atOnce, perLane), List.of()).stream()
                        .map(Claim::id)
                        .toList();
    }

    @Test
    void noMoreAreHeldAtOnceThanTheWholeAllowsWhateverTheNode() throws SQLException {
        dispatches("slow", 1, 9);
        assertThat(inLanes("here", 4, Map.of())).containsExactly("dsp-1", "dsp-2", "dsp-3", "dsp-4");
        assertThat(inLanes("there", 4, Map.of())).isEmpty();
        sql("delete from work_queue where id = 'dsp-2'");
        assertThat(inLanes("there", 4, Map.of())).containsExactly("dsp-5");
    }

    @Test
    void aFullLaneHoldsUpNoOther() throws SQLException {
        dispatches("slow", 1, 3);
        dispatches("quick", 4, 6);
        assertThat(inLanes("here", 4, Map.of("slow", 1))).containsExactly("dsp-1", "dsp-4", "dsp-5", "dsp-6");
        assertThat(inLanes("there", 9, Map.of("slow", 1))).isEmpty();
        assertThat(inLanes("there", 9, Map.of("slow", 2))).containsExactly("dsp-2");
        assertThat(inLanes("there", 9, Map.of("slow", 0))).isEmpty();
    }

    @Test
    void whatIsGivenBackWaitsForItsTimeAndComesWithAHigherToken() throws SQLException {
        dispatches("slow", 1, 1);
        WorkQueue queue = new WorkQueue(database.source(), "dispatch", "here");
        Claim first = queue.claim(new Lanes(4, Map.of()), List.of()).getFirst();
        queue.release(first, Instant.now().plusSeconds(60));
        assertThat(queue.claim(new Lanes(4, Map.of()), List.of())).isEmpty();
        sql("update work_queue set not_before = now() where queue = 'dispatch'");
        assertThat(queue.claim(new Lanes(4, Map.of()), List.of()))
                .containsExactly(new Claim("dsp-1", first.token() + 1));
    }

    /** A dispatch as the read model knows it. */
    private void known(String id, String namespace) throws SQLException {
        sql("insert into view_dispatch (id, record, thread, namespace, status, decided_by, trace, attempts, cost_usd,"
                + " tokens_in, tokens_out, routed_at, version) values ('" + id + "', '', '', '" + namespace
                + "', 'waiting', '', '{}', 0, 0, 0, 0, now(), 0)");
    }

    @Test
    void whatIsInAFrozenNamespaceOrBelowWaitsAndHoldsUpNothingElse() throws SQLException {
        dispatches("slow", 1, 5);
        known("dsp-1", "a_c");
        known("dsp-2", "a_c/shop");
        known("dsp-3", "abc/shop");
        known("dsp-4", "default");
        WorkQueue queue = new WorkQueue(database.source(), "dispatch", "here");

        assertThat(queue.claim(new Lanes(9, Map.of()), List.of("a_c", "default")))
                .extracting(Claim::id)
                .containsExactly("dsp-3");
        assertThat(queue.claim(new Lanes(9, Map.of()), List.of("a_c/shop")))
                .extracting(Claim::id)
                .containsExactly("dsp-1", "dsp-4");
        assertThat(queue.claim(new Lanes(9, Map.of()), List.of()))
                .extracting(Claim::id)
                .as("what no read model knows yet waits as well, as long as anything is frozen")
                .containsExactly("dsp-2", "dsp-5");
    }

    @Test
    void anExecutionWaitsWhereTheRecordIsThatLedToIt() throws SQLException {
        String cause = "ab".repeat(32);
        sql("insert into log_entry (position, id, thread, version, actor, clock, act, data_type, parents, namespace,"
                + " kind, body, recorded_at) values (1, decode('" + cause + "', 'hex'), 'th_x', 0, 'did:x:y', 0,"
                + " 'INTEND', 'SCALAR', '', 'acme', '', '{}', now())");
        for (int i = 1; i <= 3; i++) {
            sql("insert into view_execution_list (id, workflow_id, workflow_name, status, queued_at, completed_phases,"
                    + " total_phases, input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd,"
                    + " tool_calls, artifacts, started_by, repos, unpriced, cause, version) values ('exec-" + i
                    + "', 'w', 'W', 'not_started', now(), 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '[]', '[]', "
                    + (i == 1 ? "'" + cause + "'" : i == 2 ? "null" : "'no id'") + ", 0)");
        }

        assertThat(here.claim(6, List.of("acme"))).extracting(Claim::id).containsExactly("exec-2", "exec-3");
        assertThat(here.claim(6, List.of("default"))).extracting(Claim::id).containsExactly("exec-1");
    }

    @Test
    void nodesThatClaimTogetherKeepTheLimitTogether() throws Exception {
        dispatches("slow", 1, 40);
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String node = "node-" + i;
            tasks.add(() -> inLanes(node, 4, Map.of()));
        }
        List<String> claimed = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<List<String>> task : threads.invokeAll(tasks)) {
                claimed.addAll(task.get());
            }
        }
        assertThat(claimed).containsExactlyInAnyOrder("dsp-1", "dsp-2", "dsp-3", "dsp-4");
    }
}
