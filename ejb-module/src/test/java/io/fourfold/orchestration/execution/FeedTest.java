package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.execution.Feed.Cursor;
import io.fourfold.orchestration.execution.Feed.Frame;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {

    private static final ExecutionEvent COMPLETED = new ExecutionEvent.Completed(ID, AT);

    private final HandClock clock = new HandClock(AT);
    private final MemoryLog log = new MemoryLog(clock);
    private final List<Observation> seen = new ArrayList<>();

    private void happens(ExecutionEvent event) {
        clock.pass(Duration.ofMillis(1));
        log.append(List.of(Append.of(
                Draft.of(Execution.threadOf(ID), Entries.ALICE, Act.KNOW, ExecutionEvent.CODEC.write(event)))));
    }

    private void isSeen(ObservationType type) {
        clock.pass(Duration.ofMillis(1));
        seen.add(new Observation(
                ID, seen.size() + 1L, "s", "one", clock.instant(), type, Json.parse("{\"text\":\"x\"}")));
    }

    private Feed feed(Cursor cursor) {
        return new Feed(
                log,
                position -> {},
                (id, after, limit) ->
                        seen.stream().filter(o -> o.seq() > after).limit(limit).toList(),
                ID,
                cursor);
    }

    /** Pulls until there is nothing new. */
    private static List<Frame> all(Feed feed) {
        List<Frame> all = new ArrayList<>();
        List<Frame> some = feed.pull();
        while (!some.isEmpty()) {
            all.addAll(some);
            some = feed.pull();
        }
        return all;
    }

    private List<Frame> all() {
        return all(feed(Cursor.START));
    }

    private void begin() {
        happens(Samples.queued());
        happens(Samples.started());
        happens(Samples.phaseStarted("one"));
    }

    @Test
    void framesComeInTheOrderOfTime() {
        begin();
        isSeen(ObservationType.MESSAGE);
        isSeen(ObservationType.TOOL_STARTED);
        happens(Samples.pauseRequested());
        isSeen(ObservationType.TOKENS_USED);
        isSeen(ObservationType.STREAM_CHUNK);
        isSeen(ObservationType.ERROR);
        assertThat(all())
                .extracting(Frame::event)
                .containsExactly("state", "state", "state", "message", "tool", "state", "tokens", "chunk", "notice");
    }

    @Test
    void aFrameOfARecordSaysWhatHappenedByWhomAndWhereThingsStandButNotThePlan() {
        happens(Samples.queued());
        happens(Samples.started());
        List<Frame> frames = all();
        assertThat(frames.get(0).data())
                .contains("\"kind\":\"execution.queued.v1\"", "\"status\":\"not_started\"", Entries.ALICE.value())
                .doesNotContain("\"plan\"");
        assertThat(frames.get(1).data()).contains("\"status\":\"running\"");
    }

    @Test
    void theEndComesLastAndOnceAlsoWhenAgentsWereSeenToActLonger() {
        begin();
        happens(new ExecutionEvent.Cancelled(ID, List.of("one"), "no more", AT));
        isSeen(ObservationType.MESSAGE);
        isSeen(ObservationType.MESSAGE);
        List<Frame> frames = all();
        assertThat(frames.getLast().event()).isEqualTo("end");
        assertThat(frames.getLast().last()).isTrue();
        assertThat(frames).filteredOn(Frame::last).hasSize(1);
        assertThat(frames).hasSize(6);
    }

    @Test
    void theEndIsNotLostWhenMoreThanOnePullOfObservationsFollowsIt() {
        begin();
        happens(new ExecutionEvent.Cancelled(ID, List.of("one"), "no more", AT));
        for (int i = 0; i < Feed.PULL_MAX * 2; i++) {
            isSeen(ObservationType.STREAM_CHUNK);
        }
        List<Frame> frames = all();
        assertThat(frames).hasSize(Feed.PULL_MAX * 2 + 4);
        assertThat(frames.getLast().event()).isEqualTo("end");
    }

    @Test
    void anEndThatWasRetriedIsAStateLikeAnyOther() {
        begin();
        happens(Samples.failed("one"));
        happens(new ExecutionEvent.Retried(ID, List.of("one"), Samples.ticket(), AT));
        happens(COMPLETED);
        assertThat(all()).extracting(Frame::event).containsExactly("state", "state", "state", "state", "state", "end");
    }

    @Test
    void aReaderWhoHasSeenTheEndGoesOnWhenItIsRetried() {
        begin();
        happens(Samples.failed("one"));
        Feed feed = feed(Cursor.START);
        List<Frame> first = all(feed);
        Cursor at = Cursor.parse(first.getLast().id()).orElseThrow();
        assertThat(feed(at).isOver()).isTrue();
        happens(new ExecutionEvent.Retried(ID, List.of("one"), Samples.ticket(), AT));
        assertThat(feed(at).isOver()).isFalse();
        assertThat(all(feed(at))).singleElement().extracting(Frame::event).isEqualTo("state");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fromEveryPlaceAReaderGetsExactlyTheRest(long seed) {
        Random random = new Random(seed);
        begin();
        for (int i = 0; i < 40; i++) {
            switch (random.nextInt(6)) {
                case 0 -> happens(Samples.pauseRequested());
                case 1 -> {
                    happens(Samples.failed("one"));
                    happens(new ExecutionEvent.Retried(ID, List.of("one"), Samples.ticket(), AT));
                }
                default -> isSeen(ObservationType.values()[random.nextInt(ObservationType.values().length)]);
            }
        }
        happens(COMPLETED);
        isSeen(ObservationType.STREAM_CHUNK);
        restIsExact("seed " + seed, 1);
    }

    @Test
    void fromManyPlacesAReaderGetsExactlyTheRestOfALongStream() {
        begin();
        for (int i = 0; i < Feed.PULL_MAX * 2 + 50; i++) {
            isSeen(ObservationType.MESSAGE);
            if (i % 2 == 0) {
                happens(Samples.pauseRequested());
            }
        }
        happens(COMPLETED);
        restIsExact("a long stream", 29);
    }

    private void restIsExact(String what, int step) {
        List<Frame> frames = all();
        assertThat(frames).hasSize(log.thread(Execution.threadOf(ID), 0, 1_000).size() + seen.size());
        assertThat(frames).extracting(Frame::id).doesNotHaveDuplicates();
        for (int cut = 0; cut < frames.size(); cut += step) {
            Cursor at = Cursor.parse(frames.get(cut).id()).orElseThrow();
            assertThat(all(feed(at)))
                    .as("%s, after frame %d", what, cut)
                    .isEqualTo(frames.subList(cut + 1, frames.size()));
        }
    }

    @Test
    void whatHappensWhileReadingIsNeitherLostNorRepeated() {
        begin();
        Feed feed = feed(Cursor.START);
        List<Frame> frames = new ArrayList<>(all(feed));
        isSeen(ObservationType.MESSAGE);
        frames.addAll(all(feed));
        happens(Samples.pauseRequested());
        frames.addAll(all(feed));
        assertThat(frames).isEqualTo(all());
    }

    @Test
    void theSnapshotNamesEveryPhaseAndCarriesNoId() {
        begin();
        Frame snapshot = feed(Cursor.START).snapshot();
        assertThat(snapshot.id()).isNull();
        assertThat(snapshot.data())
                .contains("\"status\":\"running\"", "\"phase_id\":\"one\"", "\"status\":\"started\"")
                .contains("\"phase_id\":\"two\"", "\"status\":\"pending\"");
    }

    @Test
    void anExecutionThatIsNotThereHasNoFeed() {
        assertThat(feed(Cursor.START).exists()).isFalse();
        begin();
        assertThat(feed(Cursor.START).exists()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12.345             | 12.345
            0.0                | 0.0
            12                 |
            .5                 |
            -1.5               |
            1.5.6              |
            a.b                |
            1234567890123456.1 |
            """)
    void aCursorIsTwoNumbersOrNone(String text, String read) {
        assertThat(Cursor.parse(text).map(Cursor::toString).orElse(null)).isEqualTo(read);
    }
}
