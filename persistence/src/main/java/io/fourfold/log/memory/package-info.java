/**
 * A log that lives and dies with its process: for tests and simulations, true to the same contract as the stored one.
 */
package io.fourfold.log.memory;
