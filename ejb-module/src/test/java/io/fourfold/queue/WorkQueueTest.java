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

    private static final int ALL = 1_000;

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
        return claims(queue, limit).stream().map(Claim::id).toList();
    }

    private static List<Claim> claims(WorkQueue queue, int limit) {
        return queue.claim(new Lanes(ALL, limit, Map.of()), List.of());
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
        List<Claim> claims = claims(here, 2);
        leasesEndIn(5);
        here.renew(claims.subList(1, 2));
        sql("update work_queue set leased_until = leased_until - make_interval(secs => 10)");
        assertThat(ids(there, 1)).containsExactly("exec-1");
        assertThat(ids(there, 6)).doesNotContain("exec-2");
    }

    @Test
    void aNamesakeThatStartsAnewTakesWhatItHoldsFromTheOneBefore() {
        List<Claim> before = claims(here, 2);
        WorkQueue namesake = new WorkQueue(database.source(), "execution", "here");
        namesake.releaseAll();
        List<Claim> after = claims(namesake, 1);

        assertThat(here.renew(before)).containsExactlyInAnyOrder("exec-1", "exec-2");
        assertThat(namesake.renew(after)).isEmpty();
    }

    @Test
    void whatIsHeldTwiceIsHeldAsLongAsTheLaterClaim() {
        Claim first = claims(here, 1).getFirst();
        here.release(first, Instant.EPOCH);
        Claim second = claims(here, 1).getFirst();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(here.renew(List.of(first, second))).isEmpty();
        assertThat(here.renew(List.of(first))).containsExactly("exec-1");
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

    private void waiting(String id, String lane, Integer limit, long position, String... tags) throws SQLException {
        sql("insert into work_queue (id, queue, lane, lane_limit, position, tags) values ('" + id + "', 'execution', '"
                + lane + "', " + limit + ", " + position + ", to_jsonb(string_to_array('"
                + String.join(",", tags) + "', ',')))");
    }

    private List<String> claimed(WorkQueue queue, int atOnce, String... held) {
        return queue.claim(new Lanes(atOnce, Map.of()), List.of(held)).stream()
                .map(Claim::id)
                .toList();
    }

    @Test
    void whatHasATagThatIsHeldWaitsAndHoldsUpNothingElse() throws SQLException {
        sql("delete from work_queue");
        waiting("exec-1", "", null, 1, "all", "namespace:a_c");
        waiting("exec-2", "", null, 2, "all", "namespace:a_c", "namespace:a_c/shop");
        waiting("exec-3", "", null, 3, "all", "namespace:abc", "workflow:fix");

        assertThat(claimed(here, 9, "all")).isEmpty();
        assertThat(claimed(here, 9, "workflow:fix", "namespace:a_c/shop")).containsExactly("exec-1");
        assertThat(claimed(here, 9, "namespace:a_c")).containsExactly("exec-3");
        assertThat(claimed(there, 9)).containsExactly("exec-2");
    }

    @Test
    void aLaneHasTheSmallestLimitThatIsAskedForInIt() throws SQLException {
        sql("delete from work_queue");
        waiting("exec-1", "key", 3, 1);
        waiting("exec-2", "key", 2, 2);
        waiting("exec-3", "key", 3, 3);
        waiting("exec-4", "", null, 4);

        assertThat(claimed(here, 9)).containsExactly("exec-1", "exec-2", "exec-4");
        assertThat(claimed(there, 9)).isEmpty();
        sql("delete from work_queue where id = 'exec-2'");
        assertThat(claimed(there, 9)).containsExactly("exec-3");
    }

    @Test
    void whatStandsBehindMoreThanTheLookAheadOfAFullLaneIsReached() throws SQLException {
        sql("delete from work_queue");
        sql(
                "insert into work_queue (id, queue, lane, lane_limit, position) select 'key-' || n, 'execution', 'key', 1, n"
                        + " from generate_series(1, " + (Lanes.LOOK_AHEAD_MAX + 5) + ") n");
        waiting("exec-last", "", null, 9_999);

        assertThat(claimed(here, 4)).containsExactly("key-1");
        assertThat(claimed(here, 4)).containsExactly("exec-last");
    }

    @Test
    void roomIsTakenUntilTheWorkerLetsGoWhateverTheLogSays() throws SQLException {
        Claim claim = here.claim(new Lanes(1, Map.of()), List.of()).getFirst();
        sql("update work_queue set over = true where id = '" + claim.id() + "'");
        assertThat(claimed(there, 1)).isEmpty();

        here.letGo(claim);

        assertThat(claimed(there, 1)).containsExactly("exec-2");
        assertThat(there.waiting()).isEqualTo(4);
    }

    @Test
    void whatWasTriedAgainWhileItWasHeldWaitsForItsTurnAndIsNotLost() throws SQLException {
        Claim claim = here.claim(new Lanes(1, Map.of()), List.of()).getFirst();
        here.letGo(claim);
        sql("update work_queue set not_before = null, position = 99 where id = '" + claim.id() + "'");

        assertThat(claimed(there, 9)).endsWith("exec-1");
    }

    @Test
    void whoHoldsItNoMoreCannotLetGoOfIt() throws SQLException {
        Claim late = here.claim(new Lanes(1, Map.of()), List.of()).getFirst();
        leasesEndIn(-1);
        assertThat(claimed(there, 1)).containsExactly("exec-1");

        here.letGo(late);

        assertThat(claimed(here, 1)).isEmpty();
    }

    @Test
    void whatIsOverAndWasHeldByANodeThatIsGoneIsSweptAway() throws SQLException {
        ids(here, 2);
        sql("update work_queue set over = true where id in ('exec-1', 'exec-2')");
        sql("update work_queue set leased_until = now() - interval '1 s' where id = 'exec-1'");
        there.sweep();
        leasesEndIn(-1);

        assertThat(ids(there, 9)).containsExactly("exec-3", "exec-4", "exec-5", "exec-6");
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

    @Test
    void whatHasBegunIsTakenUpAgainWhateverIsHeldAndHoweverLowTheLimitIsNow() throws SQLException {
        ids(here, 3);
        sql(
                "update work_queue set begun = true, lane = 'key', lane_limit = 1 where id in ('exec-1', 'exec-2', 'exec-3')");
        sql("update work_queue set tags = '[\"all\"]' where id > 'exec-3'");
        leasesEndIn(-1);

        List<Claim> taken = there.claim(new Lanes(1, 9, Map.of()), List.of("all"));
        assertThat(taken).extracting(Claim::id).containsExactly("exec-1", "exec-2", "exec-3");
        assertThat(there.claim(new Lanes(3, 9, Map.of()), List.of())).isEmpty();
        assertThat(there.claim(new Lanes(4, 9, Map.of()), List.of()))
                .extracting(Claim::id)
                .containsExactly("exec-4");
    }

    @Test
    void whatHasBegunGoesBeforeWhatHasNot() throws SQLException {
        sql("update work_queue set begun = true where id in ('exec-5', 'exec-6')");
        assertThat(ids(here, 1)).containsExactly("exec-5");
        assertThat(there.claim(new Lanes(3, 9, Map.of()), List.of()))
                .extracting(Claim::id)
                .containsExactly("exec-1", "exec-6");
    }
}
