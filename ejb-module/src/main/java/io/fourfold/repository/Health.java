package io.fourfold.repository;

import java.util.Collection;
import java.util.Comparator;

/** How a repository, or several together, fare: by how many of the executions that ended by themselves completed. */
public enum Health {
    INACTIVE,
    HEALTHY,
    DEGRADED,
    FAILING;

    static final double HEALTHY_LEAST = 0.9;
    static final double DEGRADED_LEAST = 0.5;

    /** By how much the rate of the later half of a window must differ before it says anything. */
    static final double TREND_LEAST = 0.1;

    public static Health of(long completed, long failed) {
        if (completed + failed == 0) {
            return INACTIVE;
        }
        double rate = rate(completed, failed);
        return rate >= HEALTHY_LEAST ? HEALTHY : rate >= DEGRADED_LEAST ? DEGRADED : FAILING;
    }

    /** From 0 to 1; 0 where nothing has ended. */
    public static double rate(long completed, long failed) {
        return completed + failed == 0 ? 0 : (double) completed / (completed + failed);
    }

    /** As bad as the worst of them; inactive only where all are. */
    public static Health worst(Collection<Health> all) {
        return all.stream().max(Comparator.naturalOrder()).orElse(INACTIVE);
    }

    /** {@code improving, declining} or {@code stable}: the later half of a window against the earlier. */
    public static String trend(long completed, long failed, long laterCompleted, long laterFailed) {
        long earlierCompleted = completed - laterCompleted;
        long earlierFailed = failed - laterFailed;
        if (earlierCompleted + earlierFailed == 0 || laterCompleted + laterFailed == 0) {
            return "stable";
        }
        double change = rate(laterCompleted, laterFailed) - rate(earlierCompleted, earlierFailed);
        return Math.abs(change) < TREND_LEAST ? "stable" : change > 0 ? "improving" : "declining";
    }
}
