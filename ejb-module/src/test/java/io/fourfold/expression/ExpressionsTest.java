package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

    private final Expressions expressions = new Expressions();

    @Test
    void theSameTextIsCompiledOnceForAContext() {
        Expression first = expressions.compile(Context.ROUTING, "true");
        assertThat(expressions.compile(Context.ROUTING, "true")).isSameAs(first);
        assertThat(expressions.compile(Context.JOIN, "true")).isNotSameAs(first);
        Stats stats = expressions.stats();
        assertThat(stats.hits()).isEqualTo(1);
        assertThat(stats.misses()).isEqualTo(2);
        assertThat(stats.cached()).isEqualTo(2);
    }

    @Test
    void theOneUsedLongestAgoMakesRoom() {
        Expression kept = expressions.compile(Context.ROUTING, "true");
        Expression old = expressions.compile(Context.ROUTING, "false");
        for (int i = 0; i < Limits.CACHE_EXPRESSIONS_MAX - 1; i++) {
            expressions.compile(Context.ROUTING, "true");
            expressions.compile(Context.ROUTING, i + " == 0");
        }
        assertThat(expressions.stats().cached()).isEqualTo(1_024);
        assertThat(expressions.compile(Context.ROUTING, "true")).isSameAs(kept);
        assertThat(expressions.compile(Context.ROUTING, "false")).isNotSameAs(old);
    }

    @Test
    void evaluationsAndErrorsAndRefusalsAreCounted() {
        expressions.compile(Context.ROUTING, "true").holds(Map.of(), Facts.NONE);
        assertThatThrownBy(
                        () -> expressions.compile(Context.ROUTING, "1 / 0 == 1").holds(Map.of(), Facts.NONE))
                .isInstanceOf(ExpressionFailure.class);
        assertThatThrownBy(() -> expressions.compile(Context.ROUTING, "nobody")).isInstanceOf(ExpressionFault.class);
        assertThat(expressions.stats()).isEqualTo(new Stats(2, 1_024, 0, 3, 1, 2, 1, 0));
    }

    @Test
    void aFormulaMayBeOfAnyTypeAndAConditionMayNot() {
        Expression sum = expressions.formula(Context.ROUTING, "1 + 1");
        assertThat(sum.value(Map.of(), Facts.NONE)).isEqualTo(2L);
        assertThatThrownBy(() -> sum.holds(Map.of(), Facts.NONE))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessage("expected true or false, but was 2");
        assertThatThrownBy(() -> expressions.compile(Context.ROUTING, "1 + 1"))
                .isInstanceOf(ExpressionFault.class)
                .hasMessageContaining("expected type 'bool' but found 'int'");
    }

    @Test
    void whatIsMissingIsNamed() {
        Expression expression = expressions.compile(Context.ROUTING, "record.body.nothing == 1");
        assertThatThrownBy(() -> expression.holds(Map.of("record", Map.of("body", Map.of())), Facts.NONE))
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> expression.holds(Map.of(), Facts.NONE)).isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void manyThreadsMayCompileAndEvaluateAtOnce() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long n = i;
            String text = "record.n % " + (2 + i % 50) + " == 0";
            work.add(
                    () -> expressions.compile(Context.ROUTING, text).holds(Map.of("record", Map.of("n", n)), Facts.NONE)
                            == (n % (2 + n % 50) == 0));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> each : threads.invokeAll(work)) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(expressions.stats().evaluations()).isEqualTo(2_000);
    }
}
