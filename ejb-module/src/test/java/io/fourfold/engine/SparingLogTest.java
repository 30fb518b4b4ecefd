package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Log;
import io.fourfold.log.LogContract;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparingLogTest extends LogContract {

    @Override
    protected Log open(Clock clock) {
        return new SparingLog(new MemoryLog(clock), () -> SparingLog.RESERVE_BYTES);
    }

    @Test
    void nothingIsTakenWhileTheRoomIsShortAndAgainAfter() {
        AtomicLong free = new AtomicLong(SparingLog.RESERVE_BYTES - 1);
        Log log = new SparingLog(new MemoryLog(Clock.systemUTC()), free::get);

        assertThatThrownBy(() -> log.append(List.of()))
                .isInstanceOfSatisfying(LogUnavailable.class, outage -> assertThat(outage.full())
                        .isTrue());
        assertThat(log.head()).isZero();
        free.set(SparingLog.RESERVE_BYTES);
        assertThat(log.append(List.of())).isEmpty();
    }
}
