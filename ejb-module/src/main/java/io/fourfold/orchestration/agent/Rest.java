package io.fourfold.orchestration.agent;

import java.util.concurrent.locks.Condition;

/** How a playback lets time pass. */
interface Rest {

    Rest REAL = Condition::awaitNanos;

    /** Waits until the condition is signalled or the time is over; answers what is left of it, in nanoseconds. */
    long until(Condition changed, long nanos) throws InterruptedException;
}
