package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.query.Filter;
import io.fourfold.query.sql.RecordSearch;
import io.fourfold.token.Rights;
import io.fourfold.view.ThreadRow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThreadHistoryTest {

    private static final ThreadId THREAD = new ThreadId("th_release");
    private static final Rights ACME = new Rights(Set.of(), List.of(), List.of("acme"));

    private static TestJpa jpa;
    private static Log log;
    private static ThreadHistory history;
    private static long opened;
    private static long closed;

    @BeforeAll
    static void fill() {
        jpa = TestJpa.fresh();
        log = new JpaLog(jpa.source(), jpa.units(), Clock.systemUTC(), Durability.DURABLE);
        history = new ThreadHistory(log, new RecordSearch(jpa.source()));
        Entry intent = append(THREAD, Act.INTEND, "{\"namespace\":\"acme\"}");
        opened = intent.position();
        append(THREAD, Act.DO, "{}");
        append(new ThreadId("th_other"), Act.INTEND, "{\"namespace\":\"acme/shop\"}");
        closed = append(THREAD, Act.KNOW, "{\"fulfills\":\"" + intent.id() + "\"}")
                .position();
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    private static Entry append(ThreadId thread, Act act, String body) {
        Draft draft = Draft.of(thread, new Did("did:a:b"), act, Json.parse(body));
        return ((Receipt.Stored) log.append(List.of(Append.of(draft))).get(0)).entry();
    }

    private static ThreadHistory.View view(long position, Rights rights) {
        Filter filter = new Filter.All(List.of(Filter.upTo(position), rights.visible()));
        return new ThreadHistory.View(position, filter, entry -> rights.sees(entry.namespace()));
    }

    @Test
    void aThreadIsAsItWas() {
        assertThat(history.state(THREAD, view(opened - 1, Rights.ALL))).isEmpty();
        assertThat(status(opened, Rights.ALL)).hasValue("open 1");
        assertThat(status(closed - 1, Rights.ALL)).hasValue("open 2");
        assertThat(status(closed, Rights.ALL)).hasValue("closed 3");
    }

    @Test
    void whatOneDoesNotSeeDoesNotCount() {
        assertThat(status(closed, ACME)).hasValue("open 1");
        assertThat(history.state(THREAD, view(closed, new Rights(Set.of(), List.of(), List.of("nowhere")))))
                .isEmpty();
    }

    @Test
    void theListIsOfThenToo() {
        assertThat(names(view(opened, Rights.ALL))).containsExactly("th_release");
        assertThat(names(view(closed - 1, Rights.ALL))).containsExactly("th_other", "th_release");
        assertThat(names(view(closed, Rights.ALL))).containsExactly("th_release", "th_other");
        assertThat(names(view(closed, ACME))).containsExactly("th_other", "th_release");
    }

    @Test
    void theListGoesOnWhereItStopped() {
        ThreadHistory.View view = view(closed, Rights.ALL);
        ThreadHistory.Threads first = history.list(view, Long.MAX_VALUE, 1, row -> true);
        ThreadHistory.Threads second = history.list(view, first.last().orElseThrow(), 2, row -> true);

        assertThat(first.rows()).extracting(row -> row.id).containsExactly("th_release");
        assertThat(second.rows()).extracting(row -> row.id).containsExactly("th_other");
        assertThat(second.last()).isEmpty();
    }

    private static List<String> names(ThreadHistory.View view) {
        return history.list(view, Long.MAX_VALUE, 10, row -> true).rows().stream()
                .map(row -> row.id)
                .toList();
    }

    private static Optional<String> status(long position, Rights rights) {
        Optional<ThreadRow> row = history.state(THREAD, view(position, rights));
        return row.map(r -> r.status + " " + r.records);
    }
}
