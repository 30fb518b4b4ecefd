package io.fourfold.door;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Steering;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Log;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.trust.Trust;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Two logs that answer alike, and requests of every kind. */
final class Doors {

    static final String VALID = record("\"n\":1", ",\"clock\":5");

    /** In this order the first is stored, the second is a duplicate, and all the others are refused. */
    static final List<String> REQUESTS = List.of(
            VALID,
            VALID,
            record("\"n\":2", ",\"clock\":5"),
            "{\"record\":" + record("\"n\":3", "") + ",\"expect_version\":9}",
            "{\"record\":" + record("\"n\":3", "") + ",\"expect_version\":-1}",
            "{\"record\":" + record("\"n\":3", "") + ",\"expected\":1}",
            "{\"record\":7}",
            record("\"namespace\":\"Bad One\"", ""),
            record("\"namespace\":\"nowhere\"", ""),
            record("\"n\":1e400", ""),
            record("\"n\":1,\"n\":2", ""),
            record("\"n\":\"\\ud800\"", ""),
            "{\"act\":\"DO\"}",
            "{\"act\":\"DO\",",
            "{\"more\":1}",
            "null",
            "nonsense");

    private Doors() {}

    static Inlet inlet() {
        return inlet(new MemoryLog(Clock.fixed(Instant.parse("2026-11-20T05:43:15Z"), ZoneOffset.UTC)));
    }

    static Inlet inlet(Log log) {
        return new Inlet(
                new IngestLoop(log, new Doorbell()),
                Steering.of(log, new Expressions()),
                log,
                new Trust(),
                Clock.systemUTC());
    }

    static String record(String body, String more) {
        return "{\"act\":\"DO\",\"actor\":\"did:fourfold:user:alice\",\"thread\":\"th_door\",\"body\":{" + body + "}"
                + more + "}";
    }
}
