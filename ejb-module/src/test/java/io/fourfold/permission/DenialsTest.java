package io.fourfold.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenialsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Denials denials = new Denials();

    private static Subject subject(String actor, String thread) {
        return Subject.of(Draft.of(new ThreadId(thread), new Did("did:x:" + actor), Act.DO, Json.EMPTY));
    }

    private long heard(String actor, String thread, String rule, int second) {
        return denials.heard(subject(actor, thread), rule, NOW.plusSeconds(second)).stream()
                .count();
    }

    @Test
    void theFirstIsRecordedAtOnceAndThoseAfterItTogetherOnceAMinute() {
        assertThat(heard("a", "th_x", "none", 0)).isEqualTo(1);
        for (int second = 1; second < 59; second++) {
            assertThat(heard("a", "th_x", "none", second)).isZero();
        }
        assertThat(denials.due(NOW.plusSeconds(59))).isEmpty();
        assertThat(denials.due(NOW.plusSeconds(60))).singleElement().satisfies(denial -> assertThat(denial.body())
                .isEqualTo(Json.parse("""
                                {"kind":"permission.denied.v1","actor":"did:x:a","rule":"none","count":58,
                                 "resource":{"action":"write","kind":"record","namespace":"default","thread":"th_x"}}""")));
        assertThat(heard("a", "th_x", "none", 61)).isZero();
        assertThat(denials.due(NOW.plusSeconds(119))).isEmpty();
        assertThat(denials.due(NOW.plusSeconds(120))).extracting(Denial::count).containsExactly(1L);
        assertThat(denials.due(NOW.plusSeconds(180))).isEmpty();
        assertThat(heard("a", "th_x", "none", 181)).isEqualTo(1);
    }

    @Test
    void anotherActorRuleOrThreadIsAnotherKind() {
        assertThat(heard("a", "th_x", "none", 0)
                        + heard("b", "th_x", "none", 0)
                        + heard("a", "th_y", "none", 0)
                        + heard("a", "th_x", "default/r", 0))
                .isEqualTo(4);
    }

    @Test
    void anAttackerWithManyNamesFillsNothing() {
        long recorded = 0;
        for (int i = 0; i < 10_000; i++) {
            recorded += heard("a" + i, "th_" + i, "none", i % 60);
        }
        List<Denial> due = denials.due(NOW.plusSeconds(119));

        assertThat(recorded).isEqualTo(Denials.KINDS_MAX);
        assertThat(due).singleElement().satisfies(rest -> {
            assertThat(rest.count()).isEqualTo(10_000 - Denials.KINDS_MAX);
            assertThat(rest.body().tree().get("actor").isNull()).isTrue();
            assertThat(rest.body().tree().get("resource").isNull()).isTrue();
        });
    }
}
