package io.fourfold.query;

import java.util.List;
import java.util.OptionalLong;

/**
 * A question to the log.
 *
 * @param from  the position of the last record the reader has had; empty at first
 * @param count whether to count all that match, up to {@value #COUNT_MAX}
 */
public record Query(Filter filter, Order order, int limit, OptionalLong from, boolean count, boolean explain) {

    /** Records in one answer. */
    public static final int LIMIT_MAX = 1_000;

    public static final int LIMIT_DEFAULT = 100;

    /** Counting ends here. */
    public static final int COUNT_MAX = 100_000;

    /** By position: as they were stored, or the last first. */
    public enum Order {
        ASC,
        DESC
    }

    /** The same question about less. */
    public Query and(Filter narrowing) {
        return new Query(new Filter.All(List.of(filter, narrowing)), order, limit, from, count, explain);
    }
}
