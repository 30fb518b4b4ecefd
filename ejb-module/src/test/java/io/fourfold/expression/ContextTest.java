package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContextTest {

    private static final Facts FACTS = new Facts() {

        @Override
        public Map<String, Object> thread(String id) {
            return Map.of("status", "open", "id", id, "count", 3L);
        }

        @Override
        public Map<String, Object> task(String id) {
            return id.equals("nobody") ? Map.of() : Map.of("status", "review", "id", id);
        }

        @Override
        public double trust(String actor, String domain) {
            return actor.equals("did:x:good") && domain.equals("code") ? 0.9 : 0.1;
        }

        @Override
        public long trustCount(String actor, String domain) {
            return 12;
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-03-01T12:00:00Z");
        }

        @Override
        public String currentActor() {
            return "did:x:me";
        }

        @Override
        public String currentNamespace() {
            return "acme/shop";
        }

        @Override
        public List<String> frozenNamespaces() {
            return List.of("acme");
        }

        @Override
        public boolean emergencyActive() {
            return true;
        }

        @Override
        public Map<String, Object> system() {
            return Map.of("lag", 7L);
        }
    };

    private static final Map<String, String> USES = Map.ofEntries(
            Map.entry("record", "record.act == 'DO'"),
            Map.entry("system", "system.lag == 7"),
            Map.entry("tasks", "tasks.size() == 0"),
            Map.entry("records", "records.size() == 0"),
            Map.entry("task", "task.status == 'active'"),
            Map.entry("children", "children.all(c, c.success)"),
            Map.entry("parent", "parent.act == 'INTEND'"),
            Map.entry("resource", "resource.kind == 'record'"),
            Map.entry("proposal_confidence", "proposal_confidence > 0.5"),
            Map.entry("meta_trust", "meta_trust >= 0.9"),
            Map.entry("task()", "task('x').status == 'active'"),
            Map.entry("thread()", "thread('th_x').status == 'open'"),
            Map.entry("trust()", "trust('did:x:good', 'code') > 0.5"),
            Map.entry("trust_count()", "trust_count('did:x:good', 'code') >= 1"),
            Map.entry("now()", "now() > timestamp('2026-01-01T00:00:00Z')"),
            Map.entry("current_actor()", "current_actor() == 'did:x:me'"),
            Map.entry("current_namespace()", "current_namespace() == 'default'"),
            Map.entry("frozen_namespaces()", "'acme' in frozen_namespaces()"),
            Map.entry("emergency_active()", "!emergency_active()"));

    private final Expressions expressions = new Expressions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROUTING      | record, system, current_actor(), current_namespace(), now(), task(), thread(), trust(), trust_count()
            TRIGGER      | record, system, current_actor(), current_namespace(), now(), task(), thread(), trust(), trust_count()
            PRECONDITION | records, tasks, current_actor(), current_namespace(), now(), task(), thread(), trust(), trust_count()
            FOLD_RULE    | records, task, current_actor(), current_namespace(), now(), task(), thread(), trust(), trust_count()
            HEALTH_CHECK | system, tasks, trust()
            DECISION     | meta_trust, proposal_confidence, record
            PERMISSION   | record, resource, emergency_active(), frozen_namespaces(), trust()
            JOIN         | children, parent
            PHASE        | inputs, phases
            """)
    void eachContextBindsWhatItShouldAndNothingElse(Context context, String bound) {
        assertThat(context.bound()).isEqualTo(bound);
        Set<String> expected = new TreeSet<>(Arrays.asList(bound.split(", ")));
        USES.forEach((name, use) -> {
            if (expected.contains(name)) {
                expressions.compile(context, use);
            } else {
                assertThatThrownBy(() -> expressions.compile(context, use))
                        .as(use)
                        .isInstanceOf(ExpressionFault.class);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Context.class)
    void aNameThatIsNotBoundIsRefusedWithThoseThatAre(Context context) {
        for (String use : List.of("nobody == 1", "true && nobody(1)")) {
            assertThatThrownBy(() -> expressions.compile(context, use))
                    .isInstanceOfSatisfying(ExpressionFault.class, fault -> assertThat(fault.reason())
                            .isEqualTo("undeclared reference to 'nobody': " + context.wire() + " binds "
                                    + context.bound()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            task().id == 'th_work' && thread().id == 'th_work'     | true
            task('a').id == 'a' && thread('th_b').id == 'th_b'     | true
            thread().count > 2 && thread().status == 'open'        | true
            has(task('nobody').status)                             | false
            trust(record.actor, 'code') >= 0.9                     | true
            trust(record.actor, 'law') >= 0.9                      | false
            trust_count(record.actor, 'code') == 12                | true
            now() == timestamp('2026-03-01T12:00:00Z')             | true
            now() - record.recorded_at > duration('59m')           | true
            now() - record.recorded_at > duration('61m')           | false
            now().getHours() == 12                                 | true
            current_actor() == 'did:x:me'                          | true
            current_namespace().startsWith('acme')                 | true
            system.lag == 7                                        | true
            """)
    void theFunctionsAskTheFacts(String text, boolean holds) {
        Map<String, Object> record = Map.of(
                "thread", "th_work", "actor", "did:x:good", "recorded_at", Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(expressions.compile(Context.ROUTING, text).holds(Map.of("record", record), FACTS))
                .isEqualTo(holds);
    }

    @Test
    void whatACallerBindsGoesBeforeWhatTheFactsSay() {
        Expression expression = expressions.compile(Context.HEALTH_CHECK, "system.lag > 100");
        assertThat(expression.holds(Map.of(), FACTS)).isFalse();
        assertThat(expression.holds(Map.of("system", Map.of("lag", 101L)), FACTS))
                .isTrue();
    }

    @Test
    void anArgumentThatIsNoTextIsAFailure() {
        Map<String, Object> record = Map.of("body", Map.of("n", 1L));
        Expression expression = expressions.compile(Context.ROUTING, "trust(record.body.n, 'x') > 0.0");
        assertThatThrownBy(() -> expression.holds(Map.of("record", record), FACTS))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("trust");
    }

    @Test
    void aPermissionMayAskForTheFrozenAndTheEmergency() {
        assertThat(expressions
                        .compile(Context.PERMISSION, "emergency_active() && 'acme' in frozen_namespaces()")
                        .holds(Map.of("record", Map.of(), "resource", "record_write"), FACTS))
                .isTrue();
    }

    @Test
    void wireNamesAreFrozen() {
        assertThat(Stream.of(Context.values()).map(Context::wire))
                .containsExactly(
                        "routing",
                        "trigger",
                        "precondition",
                        "fold_rule",
                        "health_check",
                        "decision",
                        "permission",
                        "join",
                        "phase");
        assertThat(Context.of("fold_rule")).contains(Context.FOLD_RULE);
        assertThat(Context.of("FOLD_RULE")).isEmpty();
    }
}
