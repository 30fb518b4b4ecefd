package io.fourfold.projection;

import io.fourfold.engine.ProjectionRows.Parked;
import io.fourfold.engine.ReadAhead;
import io.fourfold.engine.Share;
import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.view.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * Folds one read model again from the first entry on, into a table beside that which is read meanwhile, and puts it in
 * the place of that in one transaction. Whatever goes wrong before, the old one stays.
 */
final class Rebuild<V> {

    /** Entries in one transaction. */
    static final int BATCH_MAX = 4_000;

    /** How often the tables are to be exchanged before it is given up: somebody reads a very long time. */
    static final int EXCHANGES_MAX = 30;

    private static final long PAUSE_NANOS = 200_000_000;

    private final DataSource source;
    private final Log log;
    private final Projection<V> projection;
    private final RowTable<V> table;
    private final RowTable<V> shadow;
    private final ReadAhead reader;
    private final LongConsumer progress;
    private final List<Entry> unfoldable = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private long position;

    /**
     * @param projection made anew: it remembers nothing of what the one that folds meanwhile has met
     * @param progress   told the position that was reached
     */
    Rebuild(DataSource source, Log log, Projection<V> projection, LongConsumer progress) {
        this.source = source;
        this.log = log;
        this.projection = projection;
        this.table = RowTable.of(projection.rowType());
        this.shadow = table.named("rebuild_" + projection.name());
        this.reader = new ReadAhead(log, BATCH_MAX);
        this.progress = progress;
    }

    /** Throws when it was not done; then nothing has changed. */
    void run() {
        // A connection of its own: the lock is held across all transactions, and lapses with this server.
        Shadows.exclusively(source, projection.name(), () -> {
            try {
                transaction(connection -> Shadows.create(connection, table.name(), shadow.name()));
                foldAll();
                transaction(connection -> Shadows.analyze(connection, shadow.name()));
                exchange();
            } finally {
                transaction(connection -> Shadows.drop(connection, shadow.name()));
            }
        });
    }

    /** Until little is left: while others append, there may always be something. */
    private void foldAll() {
        List<Entry> batch;
        do {
            batch = reader.after(position);
            if (!batch.isEmpty()) {
                fold(batch);
                reached(batch.getLast().position());
            }
        } while (batch.size() == BATCH_MAX);
    }

    private void reached(long now) {
        position = now;
        progress.accept(now);
    }

    private void fold(List<Entry> batch) {
        try {
            transaction(connection -> fold(connection, batch));
        } catch (RuntimeException broken) {
            for (Entry entry : batch) {
                foldOrPark(entry);
            }
        }
    }

    private void foldOrPark(Entry entry) {
        try {
            transaction(connection -> fold(connection, List.of(entry)));
        } catch (RuntimeException broken) {
            // Throws in its turn when it is the database that is broken.
            transaction(connection -> Shadows.analyze(connection, shadow.name()));
            unfoldable.add(entry);
            reasons.add(String.valueOf(broken.getMessage()));
        }
    }

    private void fold(Connection connection, List<Entry> batch) throws SQLException {
        Checkpoints.relax(connection);
        FoldedRows.fold(
                connection, projection, shadow, Share.of(projection, batch).touches());
    }

    /** Those who read a long time are let finish: meanwhile nobody waits behind them. */
    private void exchange() {
        for (int tries = 1; ; tries++) {
            foldAll();
            try {
                transaction(this::exchange);
                return;
            } catch (RuntimeException inUse) {
                if (tries == EXCHANGES_MAX || !Shadows.isInUse(inUse)) {
                    throw inUse;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Nobody folds the old one while its checkpoint is locked, so both can be brought to the same place. */
    private void exchange(Connection connection) throws SQLException {
        String name = projection.name();
        Checkpoints.ensure(connection, List.of(name));
        long stands = Checkpoints.lock(connection, List.of(name)).get(name);
        long reached = position;
        while (reached < stands) {
            List<Entry> rest = log.after(reached, Log.READ_MAX);
            fold(connection, rest);
            reached = rest.getLast().position();
        }
        if (projection.shares() == null) {
            Shadows.exchange(connection, table.name(), shadow.name());
        } else {
            Shadows.merge(connection, table, shadow, projection.shares());
        }
        Checkpoints.move(connection, List.of(name), Math.max(reached, stands));
        Checkpoints.version(connection, name, projection.version());
        Parking.clear(connection, name, reached);
        for (int i = 0; i < unfoldable.size(); i++) {
            Parking.put(connection, name, unfoldable.get(i), reasons.get(i));
        }
    }

    /** What it had to pass over. */
    List<Parked> parked() {
        List<Parked> parked = new ArrayList<>();
        for (int i = 0; i < unfoldable.size(); i++) {
            Entry entry = unfoldable.get(i);
            parked.add(new Parked(entry.position(), entry.id().hex(), reasons.get(i)));
        }
        return parked;
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private void transaction(Work work) {
        Transactions.in(source, connection -> {
            work.with(connection);
            return null;
        });
    }
}
