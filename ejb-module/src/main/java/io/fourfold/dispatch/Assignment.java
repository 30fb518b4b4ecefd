package io.fourfold.dispatch;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * An adapter with the limits it is called within.
 *
 * @param budgetUsd null for no limit of its own
 * @param triesMax  where its faults are transient, the first included
 */
public record Assignment(Adapter adapter, Duration timeout, BigDecimal budgetUsd, int triesMax) {}
