package io.fourfold.engine;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import java.util.List;
import java.util.Map;

/** Where the rows and checkpoints of the read models are kept. */
public interface ProjectionRows {

    long position(String projection);

    /**
     * Folds the shares and moves their checkpoints to {@code position}, together or not at all. One that does not stand
     * where it was left, because another server has moved it or because the database has lost a write, is left alone.
     *
     * @param before the position the shares begin after
     * @return where each of them stands now
     */
    Map<String, Long> fold(List<Share<?>> shares, long before, long position);

    /** An entry that was passed over. */
    record Parked(long position, String record, String reason) {}

    void park(Projection<?> projection, Entry entry, String reason);

    /** The latest, at most so many. */
    List<Parked> parked(String projection, int limit);
}
