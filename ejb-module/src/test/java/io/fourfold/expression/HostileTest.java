package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time stands still here, so that it is the steps that end an evaluation, on any machine. */
@Timeout(60)
class HostileTest {

    private static final int MANY = 100_000;

    private static final Map<String, Object> VARIABLES = variables();

    private final Expressions expressions = new Expressions(() -> 0);

    private static Map<String, Object> variables() {
        Map<String, Object> body = new HashMap<>();
        body.put(
                "numbers",
                IntStream.range(0, MANY).mapToObj(i -> (Object) (long) i).toList());
        body.put("text", "a".repeat(1_000_000));
        body.put("ten", IntStream.range(0, 10).mapToObj(i -> (Object) (long) i).toList());
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(Map.of("a", Map.of("b", List.of((long) i, "x"))));
        }
        body.put("rows", rows);
        return Map.of("record", Map.of("body", body));
    }

    /** Lists of ten in a list of ten, so many deep. */
    private static String nested(String range, int levels, String inside) {
        String text = inside;
        for (int i = 0; i < levels; i++) {
            text = range + ".map(v" + i + ", " + text + ")";
        }
        return text;
    }

    /** A value that holds itself twice, so many deep. */
    private static String doubled(String start, int levels, String pair) {
        String text = "[" + start + "]";
        for (int i = 0; i < levels; i++) {
            text += ".map(v, " + pair + ")";
        }
        return text;
    }

    static Stream<String> costly() {
        String numbers = "record.body.numbers";
        return Stream.of(
                numbers + ".all(x, " + numbers + ".all(y, x >= 0 || y >= 0))",
                numbers + ".exists(x, " + numbers + ".exists(y, x + y < 0))",
                numbers + ".filter(x, " + numbers + ".exists_one(y, y == x)).size() > 0",
                numbers + ".all(x, x in " + numbers + ")",
                numbers + ".map(x, " + numbers + ").size() > 0",
                nested("record.body.ten", 8, "0") + ".size() > 0",
                nested("[1,2,3,4,5,6,7,8,9,0]", 8, "0") + ".size() < 0 || true",
                doubled("'0123456789'", 40, "v + v") + "[0].size() > 0",
                doubled("0", 40, "[v, v]") + " == " + doubled("0", 40, "[v, v]"),
                doubled("0", 40, "{'a': v, 'b': v}") + " == " + doubled("0", 40, "{'a': v, 'b': v}"),
                doubled("[0]", 40, "v + v") + "[0].size() > 0",
                doubled("b'0123456789'", 40, "v + v") + "[0].size() > 0",
                "dyn(" + doubled("0", 40, "[v, v]") + ") in [1]",
                "record.body.rows.all(x, record.body.rows != [x])",
                "record.body.ten.all(x, record.body.ten.all(y, record.body.rows == record.body.rows))",
                "record.body.text.matches('(a|aa|aaa)*b')",
                "record.body.text.matches('(a*)*$b')",
                "'x'.matches('(((a{1000}){1000}){1000}){1000}')",
                String.join(" || ", Collections.nCopies(100, "'x'.matches('(a{999}){999}')")),
                "record.body.ten.all(x, record.body.text.matches('" + "a?".repeat(400) + "'))",
                "record.body.ten.all(x, (" + String.join("+", Collections.nCopies(40, "record.body.text")) + ") != '')",
                "record.body.ten.all(x, record.body.text.contains(record.body.text + 'b') || true)"
                        .replace("record.body.ten", nested("record.body.ten", 2, "0")),
                numbers + ".all(x, task('t').size() == 0)",
                numbers + ".all(x, trust('a', 'b') == 0.0)",
                numbers + ".all(x, string(x) + record.body.text != '')",
                numbers + ".all(x, bytes(record.body.text) != b'')",
                numbers + ".all(x, {x: record.body.rows}.size() == 1)");
    }

    @ParameterizedTest
    @MethodSource("costly")
    void whatCostsTooMuchIsStopped(String text) {
        Expression expression = expressions.compile(Context.ROUTING, text);
        assertThatThrownBy(() -> expression.holds(VARIABLES, Facts.NONE))
                .isInstanceOfSatisfying(ExpressionFailure.class, failure -> assertThat(failure.stopped())
                        .as(failure.getMessage())
                        .isTrue())
                .hasMessage("stopped after 50000 steps");
        assertThat(expressions.stats().stopped()).isEqualTo(1);
        assertThat(expressions.stats().errors()).isEqualTo(1);
    }

    @Test
    void anAnswerThatHoldsItselfAgainAndAgainIsStoppedBeforeItIsWrittenDown() {
        Expression expression = expressions.formula(Context.ROUTING, doubled("0", 40, "[v, v]"));
        assertThatThrownBy(() -> expression.value(VARIABLES, Facts.NONE)).hasMessage("stopped after 50000 steps");
        Expression all = expressions.formula(Context.ROUTING, "record");
        assertThatThrownBy(() -> all.value(VARIABLES, Facts.NONE)).hasMessage("stopped after 50000 steps");
    }

    @Test
    void aPatternWithTooManyInstructionsIsAnError() {
        Expression expression = expressions.compile(Context.ROUTING, "'a'.matches('" + "(a?){20}".repeat(40) + "')");
        assertThatThrownBy(() -> expression.holds(VARIABLES, Facts.NONE))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("expected a pattern of at most 1000 instructions, but it has");
    }

    static Stream<String> tooLarge() {
        return Stream.of(
                "true || " + "x".repeat(1_000_000),
                "'" + "x".repeat(1_000_000) + "' == ''",
                "(".repeat(2_000) + "true" + ")".repeat(2_000),
                "[".repeat(2_000) + "]".repeat(2_000) + " == []",
                "{1:".repeat(1_000) + "1" + "}".repeat(1_000) + " == {}",
                "!(".repeat(1_000) + "true" + ")".repeat(1_000),
                "1" + "+1".repeat(2_000) + " == 1",
                "true" + "?true:true".repeat(400),
                "record" + "[0]".repeat(1_000),
                "record" + ".all(x,record".repeat(300) + ")".repeat(300),
                "\u0000".repeat(4_000),
                "((((((((((".repeat(400),
                "a.".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatIsTooLargeOrTooDeepIsRefused(String text) {
        assertThatThrownBy(() -> expressions.compile(Context.ROUTING, text)).isInstanceOf(ExpressionFault.class);
        assertThat(expressions.stats().refusals()).isEqualTo(1);
    }

    @Test
    void manyConditionsInARowAreNotDeep() {
        String many = String.join(" || ", Collections.nCopies(150, "record.act == 'INTEND'"));
        assertThat(expressions
                        .compile(Context.ROUTING, many)
                        .holds(Map.of("record", Map.of("act", "INTEND")), Facts.NONE))
                .isTrue();
    }

    @Test
    void timeEndsAnEvaluationWhoseStepsAreSlow() {
        AtomicLong clock = new AtomicLong();
        Expressions slow = new Expressions(() -> clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(20)));
        Expression expression = slow.compile(Context.ROUTING, "record.body.numbers.all(x, x >= 0)");
        assertThatThrownBy(() -> expression.holds(VARIABLES, Facts.NONE)).hasMessage("stopped after 50 ms");
    }

    @Test
    void aPauseOfTheMachineEndsNoEvaluation() {
        AtomicLong clock = new AtomicLong();
        AtomicLong looks = new AtomicLong();
        Expressions paused = new Expressions(
                () -> clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(looks.incrementAndGet() % 3 == 0 ? 1_000 : 0)));
        assertThat(paused.compile(Context.ROUTING, "record.body.numbers.exists(x, x == 400)")
                        .holds(VARIABLES, Facts.NONE))
                .isTrue();
        assertThat(looks.get()).isGreaterThan(3);
    }

    @Test
    void noFactIsAskedForWhenTheOnesBeforeTookAllTime() {
        AtomicLong clock = new AtomicLong();
        Facts slow = new Facts() {
            @Override
            public double trust(String actor, String domain) {
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(51));
                return 1;
            }
        };
        Expression expression =
                new Expressions(clock::get).compile(Context.ROUTING, "trust('a', 'b') > 0.5 && trust('a', 'c') > 0.5");
        assertThatThrownBy(() -> expression.holds(VARIABLES, slow)).hasMessage("stopped after 50 ms");
    }

    @Test
    void whateverAFactThrowsIsAFailureOfTheEvaluation() {
        Facts broken = new Facts() {
            @Override
            public Map<String, Object> task(String id) {
                throw new IllegalArgumentException("no database");
            }
        };
        Expression expression = expressions.compile(Context.ROUTING, "task('x').status == 'active'");
        assertThatThrownBy(() -> expression.holds(VARIABLES, broken)).isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void itRunsOnTheThreadOfItsCallerAlone() {
        List<Thread> seen = new ArrayList<>();
        Facts facts = new Facts() {
            @Override
            public boolean emergencyActive() {
                seen.add(Thread.currentThread());
                return true;
            }
        };
        assertThat(expressions.compile(Context.PERMISSION, "emergency_active()").holds(Map.of(), facts))
                .isTrue();
        assertThat(seen).containsExactly(Thread.currentThread());
    }
}
