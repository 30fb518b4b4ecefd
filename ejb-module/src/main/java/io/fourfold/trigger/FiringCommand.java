package io.fourfold.trigger;

import io.fourfold.config.TriggerLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What may be asked of a trigger. */
public sealed interface FiringCommand {

    String trigger();

    /**
     * An event was let through by the conditions. One that was met before changes nothing.
     *
     * @param execution what would be started
     * @param elsewhere when other triggers fired lately; asked only when all other guards let it pass
     */
    record Meet(Firing firing, String execution, TriggerLimits limits, Supplier<List<Instant>> elsewhere)
            implements FiringCommand {
        @Override
        public String trigger() {
            return firing.trigger();
        }
    }

    /**
     * What was started is over. Telling it again changes nothing.
     *
     * @param version of its last record
     * @param costUsd altogether, all tries included
     * @param limits  null when there is no such trigger any more
     */
    record End(
            String trigger,
            String execution,
            long version,
            String outcome,
            BigDecimal costUsd,
            String reason,
            TriggerLimits limits)
            implements FiringCommand {}

    record Pause(String trigger, String reason) implements FiringCommand {}

    record Resume(String trigger) implements FiringCommand {}
}
