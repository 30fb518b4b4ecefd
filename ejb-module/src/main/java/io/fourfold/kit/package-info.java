/** The few shapes every context is built of: aggregates that decide and evolve, projections that fold. */
package io.fourfold.kit;
