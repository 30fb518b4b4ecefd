package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.kit.Minted;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.view.ThreadRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * TICK, minutes: raises an alert for every intent that has been open and idle too long. The alert's thread follows from
 * the intent and its clock is 0, so that a second turn over the same threads repeats nothing.
 */
public final class TickLoop implements Loop {

    /** Stalled threads taken up in one turn. */
    static final int STALLS_MAX = 200;

    static final Did ACTOR = new Did("did:fourfold:system:tick");

    /** Open threads idle since before a time, oldest first. */
    public interface Stalls {
        List<ThreadRow> before(Instant time, int limit);
    }

    /** How long an open intent may be idle. */
    public interface Windows {

        Duration of(String namespace);

        /** Of all namespaces. */
        Duration shortest();
    }

    private final Stalls stalls;
    private final Function<Append, Receipt> inlet;
    private final Windows windows;

    public TickLoop(Stalls stalls, Function<Append, Receipt> inlet, Windows windows) {
        this.stalls = stalls;
        this.inlet = inlet;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "tick";
    }

    /** The number of alerts that are new. */
    @Override
    public int turn(Instant now) {
        int raised = 0;
        for (ThreadRow idle : stalls.before(now.minus(windows.shortest()), STALLS_MAX)) {
            Duration window = windows.of(idle.namespace);
            if (idle.lastAt.isBefore(now.minus(window))) {
                raised += isNew(inlet.apply(Append.of(alert(idle, window)))) ? 1 : 0;
            }
        }
        return raised;
    }

    private static boolean isNew(Receipt receipt) {
        return receipt instanceof Receipt.Stored stored
                && !stored.items().get(0).duplicate();
    }

    private static Draft alert(ThreadRow stalled, Duration window) {
        Json body = Json.of(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "alert.stall.v1")
                .put("topic", "alert")
                .put("thread", stalled.id)
                .put("intent", stalled.intent)
                .put("opener", stalled.opener)
                .put("idle_since", stalled.lastAt.toString())
                .put("window_hours", window.toHours()));
        return new Draft(
                List.of(new EntryId(stalled.intent)),
                Minted.thread("alert", List.of("stall", stalled.intent)),
                ACTOR,
                Act.KNOW,
                body,
                0L,
                DataType.SCALAR,
                null);
    }
}
