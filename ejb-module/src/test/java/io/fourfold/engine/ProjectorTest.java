package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Projection;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProjectorTest {

    /** Counts the entries it has met; refuses to fold at a position while it is told to. */
    private static final class Count implements Projection<Long> {
        private final String name;
        private long brokenAt = -1;
        private boolean concerned = true;

        Count(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Class<Long> rowType() {
            return Long.class;
        }

        @Override
        public Set<String> keys(Entry entry) {
            return concerned ? Set.of("all") : Set.of();
        }

        @Override
        public Long fold(String key, Long current, Entry entry) {
            if (entry.position() == brokenAt) {
                throw new IllegalStateException("cannot fold " + entry.position());
            }
            return current == null ? 1 : current + 1;
        }
    }

    /** Rows of one transaction each: all of it or nothing. */
    private static final class MemoryRows implements ProjectionRows {
        private final Map<String, Long> positions = new HashMap<>();
        private final Map<String, Object> rows = new HashMap<>();
        private final Map<String, List<Parked>> parked = new HashMap<>();
        private final List<Integer> batches = new ArrayList<>();
        private boolean away;
        private boolean lost;

        @Override
        public long position(String projection) {
            return positions.getOrDefault(projection, 0L);
        }

        @Override
        public Map<String, Long> fold(List<Share<?>> shares, long before, long position) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            Map<String, Object> changed = new HashMap<>(rows);
            Map<String, Long> stands = new HashMap<>();
            for (Share<?> share : shares) {
                String name = share.projection().name();
                stands.put(name, position(name));
                if (position(name) <= before && !lost) {
                    fold(share, changed);
                    stands.put(name, position);
                }
            }
            rows.putAll(changed);
            positions.putAll(stands);
            return stands;
        }

        private <V> void fold(Share<V> share, Map<String, Object> changed) {
            Projection<V> projection = share.projection();
            batches.add(share.touches().size());
            for (Share.Touch touch : share.touches()) {
                for (String key : touch.keys()) {
                    String row = projection.name() + "/" + key;
                    changed.put(row, projection.fold(key, projection.rowType().cast(changed.get(row)), touch.entry()));
                }
            }
        }

        @Override
        public void park(Projection<?> projection, Entry entry, String reason) {
            parked.computeIfAbsent(projection.name(), name -> new ArrayList<>())
                    .add(new Parked(entry.position(), entry.id().hex(), reason));
        }

        @Override
        public List<Parked> parked(String projection, int limit) {
            return List.copyOf(parked.getOrDefault(projection, List.of()));
        }
    }

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final MemoryRows rows = new MemoryRows();
    private final Count good = new Count("good");
    private final Count other = new Count("other");
    private final Projector projector = new Projector(log, rows, List.of(good, other));

    private void append(int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(List.of(Append.of(Draft.of(new ThreadId("th_a"), Entries.ALICE, Act.KNOW, Json.EMPTY))));
        }
    }

    @Test
    void everyEntryIsFoldedOnceIntoEveryProjection() {
        append(3);
        assertThat(projector.turn()).isEqualTo(3);
        append(2);
        assertThat(projector.turn()).isEqualTo(2);
        assertThat(projector.turn()).isZero();
        assertThat(rows.rows).containsEntry("good/all", 5L).containsEntry("other/all", 5L);
    }

    @Test
    void whatDoesNotConcernAProjectionIsPassedWithoutAWriteUntilItIsMuch() {
        good.concerned = false;
        append(Projector.UNSAVED_MAX);
        while (projector.turn() > 0) {
            assertThat(rows.positions).doesNotContainKey("good");
        }
        assertThat(projector.lag("good")).isZero();
        append(1);
        projector.turn();
        assertThat(rows.positions).containsEntry("good", Projector.UNSAVED_MAX + 1L);
        assertThat(rows.rows).doesNotContainKey("good/all");
    }

    @Test
    void aTurnFoldsABoundedBatch() {
        append(Projector.BATCH_MAX + 7);
        assertThat(projector.turn()).isEqualTo(Projector.BATCH_MAX);
        assertThat(projector.turn()).isEqualTo(7);
        assertThat(rows.batches).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(Projector.BATCH_MAX));
        assertThat(rows.rows).containsEntry("good/all", Projector.BATCH_MAX + 7L);
    }

    @Test
    void aNewProjectorGoesOnWhereTheRowsAre() {
        append(3);
        projector.turn();
        append(1);
        assertThat(new Projector(log, rows, List.of(good, other)).turn()).isEqualTo(1);
        assertThat(rows.rows).containsEntry("good/all", 4L);
    }

    @Test
    void aProjectionThatFailsIsHeldAndTheOthersGoOn() {
        other.brokenAt = 2;
        append(3);
        projector.turn();
        append(1);
        projector.turn();
        assertThat(rows.rows).containsEntry("good/all", 4L).doesNotContainKey("other/all");
        assertThat(projector.standings())
                .containsExactly(
                        new Projector.Standing("good", 4, null, List.of()),
                        new Projector.Standing("other", 0, "cannot fold 2", List.of()));
    }

    @Test
    void aTurnInWhichNothingCouldBeFoldedCountsAsNothingToDo() {
        other.brokenAt = 1;
        append(1);
        projector.turn();
        assertThat(projector.turn()).isZero();
    }

    @Test
    void aHeldProjectionCatchesUpWhenItIsWellAgain() {
        other.brokenAt = 1;
        append(2);
        projector.turn();
        other.brokenAt = -1;
        assertThat(projector.turn()).isEqualTo(2);
        assertThat(rows.rows).containsEntry("other/all", 2L);
        assertThat(projector.standings())
                .allSatisfy(s -> assertThat(s.failure()).isNull());
    }

    @Test
    void awaitReturnsWhenThePositionIsFolded() throws Exception {
        append(1);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> projector.await(1));
        projector.turn();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(projector.await(1)).isTrue();
    }

    @Test
    void awaitDoesNotWaitForAProjectionThatIsHeld() {
        other.brokenAt = 1;
        append(1);
        projector.turn();
        assertThat(projector.await(1)).isTrue();
    }

    @Test
    void awaitGivesUpAfterItsTime() {
        append(1);
        assertThat(projector.await(1)).isFalse();
    }

    @Test
    void anEntryThatCannotBeFoldedIsParkedAndTheOthersGoOn() {
        other.brokenAt = 2;
        append(4);
        for (int turn = 0; turn < Projector.TRIES_MAX; turn++) {
            projector.turn();
        }
        assertThat(rows.rows).containsEntry("other/all", 3L);
        String record = log.after(1, 1).getFirst().id().hex();
        List<Projector.Standing> standings = List.of(
                new Projector.Standing("good", 4, null, List.of()),
                new Projector.Standing(
                        "other", 4, null, List.of(new ProjectionRows.Parked(2, record, "cannot fold 2"))));
        assertThat(projector.standings()).isEqualTo(standings);
        Projector restarted = new Projector(log, rows, List.of(good, other));
        restarted.turn();
        assertThat(restarted.standings()).isEqualTo(standings);
    }

    @Test
    void nothingIsParkedWhileTheDatabaseIsAway() {
        append(2);
        rows.away = true;
        for (int turn = 0; turn <= Projector.TRIES_MAX; turn++) {
            projector.turn();
        }
        rows.away = false;
        projector.turn();
        assertThat(rows.rows).containsEntry("other/all", 2L);
        assertThat(projector.standings()).allSatisfy(s -> assertThat(s.parked()).isEmpty());
    }

    @Test
    void whatAnotherServerHasFoldedIsNotFoldedAgain() {
        append(2);
        projector.turn();
        Projector elsewhere = new Projector(log, rows, List.of(good, other));
        append(3);
        elsewhere.turn();
        projector.turn();
        projector.turn();
        assertThat(rows.rows).containsEntry("good/all", 5L).containsEntry("other/all", 5L);
        assertThat(projector.await(5)).isTrue();
    }

    @Test
    void whatTheDatabaseLostIsFoldedAgain() {
        append(2);
        projector.turn();
        Map<String, Object> kept = Map.copyOf(rows.rows);
        append(2);
        projector.turn();
        rows.rows.putAll(kept);
        rows.positions.replaceAll((name, position) -> 2L);
        rows.lost = true;
        append(1);
        projector.turn();
        rows.lost = false;
        projector.turn();
        assertThat(rows.rows).containsEntry("good/all", 5L).containsEntry("other/all", 5L);
    }
}
