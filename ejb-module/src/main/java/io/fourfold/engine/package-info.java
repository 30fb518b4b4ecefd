/**
 * The log at work: one door in, one commit per group, a doorbell after it, and tails that read on from where they
 * were.
 */
package io.fourfold.engine;
