package io.fourfold.queue;

/**
 * A piece of work held by this node until its lease ends.
 *
 * @param token the fencing token: grows with every claim, so that what an earlier holder still says is known to be late
 */
public record Claim(String id, long token) {}
