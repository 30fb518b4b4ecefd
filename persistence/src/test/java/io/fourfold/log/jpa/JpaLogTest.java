package io.fourfold.log.jpa;

import io.fourfold.log.Log;
import io.fourfold.log.LogContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("machine")
class JpaLogTest extends LogContract {

    private TestJpa database;

    @Override
    protected Log open(Clock clock) {
        database = TestJpa.fresh();
        return new JpaLog(database.source(), database.units(), clock, Durability.DURABLE);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
