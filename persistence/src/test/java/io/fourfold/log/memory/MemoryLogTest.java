package io.fourfold.log.memory;

import io.fourfold.log.Log;
import io.fourfold.log.LogContract;
import java.time.Clock;

class MemoryLogTest extends LogContract {

    @Override
    protected Log open(Clock clock) {
        return new MemoryLog(clock);
    }
}
