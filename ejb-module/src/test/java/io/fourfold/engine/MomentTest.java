package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.expression.Bindings;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.Fleet;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.trust.Trust;
import io.fourfold.trust.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final ThreadId WORK = new ThreadId("th_work");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Log log = new MemoryLog(new HandClock(NOW));
    private final Trust trust = new Trust();
    private final List<Entry> hidden = new ArrayList<>();
    private Entry last;

    private Entry say(String actor, Act act, String body) {
        Draft draft = Draft.of(WORK, new Did("did:x:" + actor), act, Json.parse(body.replace('\'', '"')));
        log.append(List.of(Append.of(last == null ? draft : draft.withParents(List.of(last.id())))));
        last = log.after(log.head() - 1, 1).getFirst();
        return last;
    }

    private Moment moment() {
        return new Moment(log, trust, Fleet.CLEAR, NOW, new Did("did:x:me"), "acme", entry -> !hidden.contains(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thread().status == 'closed' && thread().count == 4 && thread().version == 3",
                "thread('th_work').participants == ['did:x:alice', 'did:x:dev', 'did:x:bob']",
                "thread().roles == {'did:x:alice': 'opener', 'did:x:dev': 'adapter', 'did:x:bob': 'reviewer'}",
                "thread().heads == [record.id] && thread().opener == 'did:x:alice'",
                "thread().last_clock['did:x:dev'] == 1",
                "task().status == 'approved' && task(thread().intent).claimant == 'did:x:dev'",
                "thread('th_other').size() == 0 && thread('nonsense').size() == 0",
                "task('th_other').size() == 0 && task('nonsense').size() == 0 && task(record.id).size() == 0",
                "trust('did:x:dev', 'code') > 0.2 && trust_count('did:x:dev', 'code') == 1",
                "trust('did:x:dev', 'law') == 0.0 && trust('nobody', 'code') == 0.0",
                "now() == timestamp('2026-03-01T12:00:00Z') && record.recorded_at <= now()",
                "current_actor() == 'did:x:me' && current_namespace() == 'acme'"
            })
    void theFactsOfAThreadThatWasJudged(String expression) {
        Entry intent = say("alice", Act.INTEND, "{'task':true,'domain':'code'}");
        say("dev", Act.DO, "{'topic':'task_started','dispatch_handled':true}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'" + intent.id() + "'}");
        Entry verdict = say("bob", Act.KNOW, "{'verdict':'accept','reviews':'" + claim.id() + "'}");
        new Verdicts(log).read(verdict).ifPresent(trust::fold);

        assertThat(new Expressions(() -> 0)
                        .compile(Context.ROUTING, expression)
                        .holds(Map.of("record", Bindings.record(verdict)), moment()))
                .isTrue();
    }

    @Test
    void whatOneMayNotSeeIsNotThere() {
        Entry intent = say("alice", Act.INTEND, "{'task':true}");
        hidden.add(say("dev", Act.KNOW, "{'fulfills':'" + intent.id() + "'}"));
        assertThat(moment().thread("th_work")).containsEntry("status", "open").containsEntry("count", 1L);
        assertThat(moment().task(intent.id().hex())).containsEntry("status", "inbox");
        hidden.add(intent);
        assertThat(moment().thread("th_work")).isEmpty();
        assertThat(moment().task(intent.id().hex())).isEmpty();
    }

    @Test
    void aThreadThatIsTooLongIsNotAnsweredFor() {
        List<Append> many = new ArrayList<>();
        for (int i = 0; i <= Moment.THREAD_RECORDS_MAX; i++) {
            many.add(Append.of(Draft.of(WORK, new Did("did:x:y"), Act.DO, Json.EMPTY)));
        }
        log.append(many);
        Moment moment = moment();
        assertThatThrownBy(() -> moment.thread("th_work")).hasMessageContaining("at most 5000 records in th_work");
    }
}
