package io.fourfold.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Circuit breakers, one an adapter and for this node: after {@value #FAILURES_MAX} failures in a row nothing is sent
 * for {@link #OPEN}, then one at a time until one succeeds. What waits keeps waiting.
 */
public final class Breaker {

    /** Failures in a row that open it. */
    public static final int FAILURES_MAX = 5;

    /** How long nothing is sent. */
    public static final Duration OPEN = Duration.ofSeconds(30);

    /** Adapters in trouble that are remembered; beyond, all are forgotten. */
    private static final int LANES_MAX = 10_000;

    private record Fault(int failures, Instant until) {}

    private final Map<String, Fault> faults = new HashMap<>();

    public synchronized void succeeded(String lane) {
        faults.remove(lane);
    }

    public synchronized void failed(String lane, Instant now) {
        if (faults.size() >= LANES_MAX) {
            faults.clear();
        }
        int failures = faults.getOrDefault(lane, new Fault(0, now)).failures() + 1;
        faults.put(lane, new Fault(failures, failures < FAILURES_MAX ? now : now.plus(OPEN)));
    }

    /** How many may run at once in the lanes that are in trouble; the others have no entry. */
    public synchronized Map<String, Integer> most(Instant now) {
        Map<String, Integer> most = new HashMap<>();
        faults.forEach((lane, fault) -> {
            if (fault.failures() >= FAILURES_MAX) {
                most.put(lane, now.isBefore(fault.until()) ? 0 : 1);
            }
        });
        return most;
    }
}
