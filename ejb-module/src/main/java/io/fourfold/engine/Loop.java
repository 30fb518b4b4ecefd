package io.fourfold.engine;

import java.time.Instant;

/** Work that comes in turns; whoever drives it idles between them. */
public sealed interface Loop permits IngestLoop, ReconcileLoop, TickLoop, CronLoop {

    String name();

    /** Does a bounded piece of work; returns how many pieces it did, 0 when there was nothing to do. */
    int turn(Instant now);
}
