package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Topic;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three changes, at noon and each a minute after the other, with other records between them. */
class AsOfTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    /** Stands still until it is set. */
    private static final class Set extends Clock {
        private Instant at = Rows.NOON;

        @Override
        public Instant instant() {
            return at;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Set clock = new Set();
    private final MemoryLog log = new MemoryLog(clock);
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final ConfigDesk desk = new ConfigDesk(configs, log);

    @BeforeEach
    void change() {
        for (int hours = 1; hours <= 3; hours++) {
            Draft other = Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.EMPTY);
            log.append(List.of(Append.of(other)));
            desk.add(Topic.STALL_WINDOW, Json.parse("{\"hours\":" + hours + "}").tree(), ALICE, append -> log.append(
                            List.of(append))
                    .getFirst());
            clock.at = clock.at.plus(Duration.ofMinutes(1));
        }
        configs.catchUp();
    }

    private AsOf asOf(String change, String time) {
        return AsOf.of(change, time, configs.current().changes(), log, clock.at);
    }

    @Test
    void withoutAWordItIsNow() {
        AsOf now = asOf("", "");
        assertThat(now.change()).isEqualTo(3);
        assertThat(now.past()).isFalse();
        assertThat(now.time()).isEmpty();
        assertThat(now.said()).isEqualTo("set stall_window default, by alice");
    }

    @Test
    void aChangeIsTheMomentAfterIt() {
        AsOf first = asOf("1", "");
        assertThat(first.change()).isEqualTo(1);
        assertThat(first.past()).isTrue();
        assertThat(first.time()).isEqualTo("2026-11-20T12:00:01");
        assertThat(asOf("0", "").at()).isNull();
        assertThat(asOf("3", "").past()).isFalse();
        assertThat(asOf("99", "").change()).isEqualTo(3);
    }

    @Test
    void aTimeIsTheLastChangeBeforeIt() {
        assertThat(asOf("", "2026-11-20T11:59:59").change()).isZero();
        assertThat(asOf("", "2026-11-20T12:00").change()).isEqualTo(1);
        assertThat(asOf("", "2026-11-20T12:01:30").change()).isEqualTo(2);
        assertThat(asOf("", "2026-11-20T13:00:00Z").past()).isFalse();
        assertThat(asOf("", asOf("2", "").time()).change()).isEqualTo(2);
    }

    @Test
    void whatIsNoTimeIsSaidAndNowIsShown() {
        AsOf wrong = asOf("", "yesterday");
        assertThat(wrong.fault()).contains("expected a time");
        assertThat(wrong.past()).isFalse();
    }

    @Test
    void withoutAnyChangeThereIsNothingToGoBackTo() {
        MemoryLog empty = new MemoryLog(clock);
        AsOf none = AsOf.of(
                "", "", new EngineConfigs(empty, new Expressions()).current().changes(), empty, clock.at);
        assertThat(none.count()).isZero();
        assertThat(none.past()).isFalse();
    }
}
