package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Drops raw telemetry older than {@value #TELEMETRY_DAYS} days, a day at a time; the log itself is kept for ever. */
public final class Retention implements CronLoop.Work {

    static final int TELEMETRY_DAYS = 90;

    private final Function<LocalDate, List<String>> dropBefore;

    /** {@code dropBefore} drops what is older than a day, UTC, and names what went. */
    public Retention(Function<LocalDate, List<String>> dropBefore) {
        this.dropBefore = dropBefore;
    }

    @Override
    public Json result(Instant now) {
        LocalDate keep = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(TELEMETRY_DAYS);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "retention.applied.v1")
                .put("topic", "report")
                .put("kept_from", keep.toString());
        dropBefore.apply(keep).forEach(body.putArray("dropped")::add);
        return Json.of(body);
    }
}
