package io.fourfold.projection;

import io.fourfold.engine.ProjectionRows;
import io.fourfold.engine.Share;
import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.cache.ReadCache;
import io.fourfold.view.cache.Shelf;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of which some are kept for readers. What a batch touches is forgotten after its commit and before anyone is told
 * of it; also when another server has folded it, and when nobody knows what became of the commit.
 */
public final class CachedRows implements ProjectionRows {

    private final ProjectionRows rows;
    private final ReadCache cache;

    public CachedRows(ProjectionRows rows, ReadCache cache) {
        this.rows = rows;
        this.cache = cache;
    }

    @Override
    public Map<String, Long> fold(List<Share<?>> shares, long before, long position) {
        try {
            return rows.fold(shares, before, position);
        } finally {
            Set<ReadCache.Place> touched = new HashSet<>();
            shares.forEach(share -> touched(share, touched));
            if (!touched.isEmpty()) {
                cache.forget(touched);
            }
        }
    }

    private static void touched(Share<?> share, Set<ReadCache.Place> touched) {
        Shelf.of(share.projection().rowType()).ifPresent(shelf -> share.touches().stream()
                .flatMap(touch -> touch.keys().stream())
                .map(id -> new ReadCache.Place(shelf, shelf.keyOf().apply(id)))
                .forEach(touched::add));
    }

    @Override
    public long position(String projection) {
        return rows.position(projection);
    }

    @Override
    public void park(Projection<?> projection, Entry entry, String reason) {
        rows.park(projection, entry, reason);
    }

    @Override
    public List<Parked> parked(String projection, int limit) {
        return rows.parked(projection, limit);
    }
}
