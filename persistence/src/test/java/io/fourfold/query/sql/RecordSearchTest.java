package io.fourfold.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.query.Cursor;
import io.fourfold.query.Filter;
import io.fourfold.query.Matches;
import io.fourfold.query.Moments;
import io.fourfold.query.Query;
import io.fourfold.query.QueryReader;
import io.fourfold.query.RandomQueries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class RecordSearchTest {

    private static final int RECORDS = 600;
    private static final int FILTERS = 1_500;
    private static final long SEED = 20_261_120;

    private static TestJpa jpa;
    private static Log log;
    private static RecordSearch search;
    private static List<Entry> entries;

    @BeforeAll
    static void fill() {
        jpa = TestJpa.fresh();
        log = new JpaLog(jpa.source(), jpa.units(), Clock.systemUTC(), Durability.DURABLE);
        search = new RecordSearch(jpa.source());
        Random random = new Random(SEED);
        for (int i = 0; i < RECORDS; i += 20) {
            log.append(random.ints(20)
                    .mapToObj(n -> Append.of(RandomQueries.draft(random)))
                    .toList());
        }
        entries = log.after(0, Log.READ_MAX);
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    @Test
    void theDatabaseAnswersAsTheMeaningSays() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < FILTERS; i++) {
            String text = RandomQueries.filter(random, entries, 0);
            Query query = QueryReader.read("{\"limit\":1000,\"count\":true,\"filter\":" + text + "}");
            List<Entry> expected =
                    entries.stream().filter(e -> Matches.of(query.filter(), e)).toList();

            RecordSearch.Found found = search.find(query);

            assertThat(found.entries()).as("seed %d, %s", SEED, text).isEqualTo(expected);
            assertThat(found.total()).isEqualTo(expected.size());
            matched += expected.isEmpty() || expected.size() == RECORDS ? 0 : 1;
        }
        assertThat(matched).as("filters that tell records apart").isGreaterThan(FILTERS / 2);
    }

    @Test
    void missingIsNotNull() {
        List<Entry> isNull = find("{\"body.a\":null}");
        List<Entry> missing = find("{\"body.a\":{\"$exists\":false}}");

        assertThat(isNull)
                .isNotEmpty()
                .allMatch(e ->
                        e.body().tree().has("a") && e.body().tree().get("a").isNull());
        assertThat(missing).isNotEmpty().noneMatch(e -> e.body().tree().has("a"));
    }

    @Test
    void aNamespaceHoldsThoseBelowIt() {
        Query all = QueryReader.read("{\"limit\":1000}").and(new Filter.Within(List.of("acme")));

        assertThat(search.find(all).entries())
                .isEqualTo(entries.stream()
                        .filter(e -> List.of("acme", "acme/shop").contains(e.namespace()))
                        .toList());
    }

    @Test
    void pagesGiveEveryRecordOnceInBothOrders() {
        for (String order : List.of("asc", "desc")) {
            List<Entry> read = new ArrayList<>();
            String cursor = "";
            do {
                Query query = QueryReader.read("{\"limit\":7,\"filter\":{\"act\":{\"$ne\":\"DO\"}},\"order\":\"" + order
                        + "\"" + cursor + "}");
                RecordSearch.Found found = search.find(query);
                read.addAll(found.entries());
                cursor = found.last().isEmpty()
                        ? null
                        : ",\"cursor\":\""
                                + Cursor.of(query.order(), found.last().getAsLong()) + "\"";
            } while (cursor != null);
            List<Entry> expected = new ArrayList<>(entries.stream()
                    .filter(e -> !e.draft().act().name().equals("DO"))
                    .toList());
            assertThat(read).isEqualTo(order.equals("asc") ? expected : expected.reversed());
        }
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() {
        RecordSearch impatient = new RecordSearch(jpa.source(), 1);
        String slow = "{\"body.a.b\":{\"$gt\":\"x\"}}";
        Query query =
                QueryReader.read("{\"count\":true,\"filter\":{\"$or\":[" + (slow + ",").repeat(150) + slow + "]}}");

        assertThatThrownBy(() -> impatient.find(query))
                .isInstanceOf(QueryTimeout.class)
                .hasMessageContaining("within 1 ms");
        assertThat(search.find(query).total()).isZero();
    }

    @Test
    void aMomentIsThePositionOfTheLastRecordTakenByThen() {
        for (Entry entry : List.of(entries.get(0), entries.get(137), entries.get(RECORDS - 1))) {
            long expected = entries.stream()
                    .filter(e -> !e.recordedAt().isAfter(entry.recordedAt()))
                    .count();
            assertThat(Moments.position(log, entry.recordedAt().toString())).isEqualTo(expected);
        }
        assertThat(Moments.position(log, "2000-01-01T00:00:00Z")).isZero();
        assertThat(Moments.position(log, "17")).isEqualTo(17);
        assertThat(Moments.position(log, "999999")).isEqualTo(RECORDS);
    }

    @Test
    void threadsOfAPastPositionAreTheLatelyUsedFirst() {
        List<RecordSearch.Last> two = search.threads(Filter.upTo(100), Long.MAX_VALUE, 2);

        assertThat(two.get(0))
                .isEqualTo(new RecordSearch.Last(entries.get(99).thread().value(), 100));
        assertThat(search.threads(Filter.upTo(100), two.get(1).position(), 2))
                .singleElement()
                .satisfies(last -> assertThat(two).noneMatch(t -> t.thread().equals(last.thread())));
    }

    private static List<Entry> find(String filter) {
        return search.find(QueryReader.read("{\"limit\":1000,\"filter\":" + filter + "}"))
                .entries();
    }
}
