package io.fourfold.projection;

import io.fourfold.engine.ProjectionRows;
import io.fourfold.engine.Share;
import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Rows and checkpoints in the database: for each batch and projection one statement that reads the rows it touches and
 * one that writes those that changed, and all of a batch in one transaction. Its checkpoints are locked meanwhile, so
 * that of several servers one folds, and the others go on where that one came to.
 */
public final class FoldedRows implements ProjectionRows {

    private final DataSource source;
    private final Map<String, RowTable<?>> tables = new ConcurrentHashMap<>();

    /** What this server wrote last: the commits need not survive a crash of the database, but it must be noticed. */
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    public FoldedRows(DataSource source) {
        this.source = source;
    }

    @Override
    public long position(String projection) {
        return in(connection -> {
            Checkpoints.ensure(connection, List.of(projection));
            return Checkpoints.lock(connection, List.of(projection)).get(projection);
        });
    }

    @Override
    public Map<String, Long> fold(List<Share<?>> shares, long before, long position) {
        List<String> names =
                shares.stream().map(share -> share.projection().name()).sorted().toList();
        Map<String, Long> now = in(connection -> {
            Checkpoints.relax(connection);
            Map<String, Long> stands = new HashMap<>(Checkpoints.lock(connection, names));
            List<String> moved = new ArrayList<>();
            for (Share<?> share : shares) {
                String name = share.projection().name();
                long stored = stands.getOrDefault(name, 0L);
                if (stored <= before && stored >= written.getOrDefault(name, 0L)) {
                    fold(connection, share);
                    stands.put(name, position);
                    moved.add(name);
                }
            }
            Checkpoints.move(connection, moved, position);
            return stands;
        });
        written.putAll(now);
        return now;
    }

    private <V> void fold(Connection connection, Share<V> share) throws SQLException {
        if (!share.touches().isEmpty()) {
            fold(connection, share.projection(), table(share.projection()), share.touches());
        }
    }

    static <V> void fold(Connection connection, Projection<V> projection, RowTable<V> table, List<Share.Touch> touches)
            throws SQLException {
        Set<String> keys = new LinkedHashSet<>();
        touches.forEach(touch -> keys.addAll(touch.keys()));
        Map<String, RowTable.Stored<V>> stored = table.load(connection, keys);
        Map<String, V> rows = new LinkedHashMap<>();
        keys.forEach(
                key -> rows.put(key, stored.containsKey(key) ? stored.get(key).row() : null));
        for (Share.Touch touch : touches) {
            for (String key : touch.keys()) {
                rows.put(key, projection.fold(key, rows.get(key), touch.entry()));
            }
        }
        List<Object[]> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        rows.forEach((key, row) -> {
            RowTable.Stored<V> old = stored.get(key);
            if (row == null) {
                if (old != null) {
                    gone.add(key);
                }
                return;
            }
            Object[] values = table.values(row);
            if (old == null || !Arrays.equals(values, old.values())) {
                changed.add(values);
            }
        });
        table.upsert(connection, changed);
        table.delete(connection, gone);
    }

    @SuppressWarnings("unchecked") // Kept under the name of a projection of that row type.
    private <V> RowTable<V> table(Projection<V> projection) {
        return (RowTable<V>) tables.computeIfAbsent(projection.name(), name -> RowTable.of(projection.rowType()));
    }

    @Override
    public void park(Projection<?> projection, Entry entry, String reason) {
        in(connection -> {
            Parking.put(connection, projection.name(), entry, reason);
            return null;
        });
    }

    @Override
    public List<ProjectionRows.Parked> parked(String projection, int limit) {
        return in(connection -> Parking.of(connection, projection, limit));
    }

    private <T> T in(Transactions.Work<T> work) {
        return Transactions.in(source, work);
    }
}
