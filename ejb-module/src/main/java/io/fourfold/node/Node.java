package io.fourfold.node;

import java.time.Instant;

/**
 * One server.
 *
 * @param present whether it was heard of within the last {@value #PRESENT_SECONDS} s, by the database's clock
 */
public record Node(String name, Role role, Instant startedAt, Instant seenAt, boolean present) {

    public static final int PRESENT_SECONDS = 30;
}
