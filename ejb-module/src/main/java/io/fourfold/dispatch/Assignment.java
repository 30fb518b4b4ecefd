package io.fourfold.dispatch;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * An adapter with the limits it is called within.
 *
 * @param timeout   null where the work has limits of its own
 * @param budgetUsd null where the work has limits of its own
 * @param triesMax  where its faults are transient, the first included
 */
public record Assignment(Adapter adapter, Duration timeout, BigDecimal budgetUsd, int triesMax) {}
