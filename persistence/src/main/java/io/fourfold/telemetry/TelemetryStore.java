package io.fourfold.telemetry;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Keeps observations: buffered, written by COPY, read back in order. Nothing is dropped: when the buffer is full
 * {@link #put} waits, which slows down who reads that agent. What is put twice is kept once. While the database cannot
 * be reached, the buffer holds and it is tried again.
 */
public final class TelemetryStore implements AutoCloseable {

    public static final int BATCH_MAX_ROWS = 1_000;
    public static final int CAPACITY_ROWS = 65_536;
    public static final int DELAY_MILLIS = 100;

    /** Of how many executions it is remembered how far they have come; then the table is asked again. */
    static final int EXECUTIONS_MAX = 10_000;

    private static final Logger LOG = Logger.getLogger("io.fourfold.telemetry");

    private final TelemetryTable table;
    private final Consumer<String> written;
    private final TelemetryBuffer buffer = new TelemetryBuffer();
    private final Thread writer;

    /**
     * @param clock   says which days get a partition of their own
     * @param written told the execution of each group of rows once they can be read; must not block
     */
    public TelemetryStore(DataSource source, InstantSource clock, Consumer<String> written) {
        this.table = new TelemetryTable(source, new Partitions(clock));
        this.written = written;
        this.writer = Thread.ofPlatform().daemon().name("telemetry").start(this::write);
    }

    /**
     * Takes an observation; one that was taken before, by its execution and seq, is passed over. An execution's
     * observations come in ascending order of seq, but for the last ones before a server went down, which come agent by
     * agent.
     *
     * @throws TelemetryUnavailable when it is closed
     */
    public void put(Observation observation) {
        do {
            learn(observation.executionId());
        } while (!buffer.put(observation));
    }

    /** Finds out how far an execution has come; while the database cannot be asked, it waits. */
    private void learn(String executionId) {
        while (!buffer.knows(executionId)) {
            try {
                buffer.learn(executionId, table.lastSeq(executionId));
            } catch (TelemetryUnavailable unreachable) {
                if (!pause()) {
                    throw unreachable;
                }
            }
        }
    }

    private boolean pause() {
        try {
            return buffer.pause();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns when all that was put before can be read. */
    public void flush() {
        buffer.flush();
    }

    private void write() {
        try {
            List<Observation> batch = buffer.nextBatch();
            while (!batch.isEmpty()) {
                TelemetryTable.Outcome outcome = table.store(batch);
                if (outcome.done()) {
                    buffer.finish(batch.size(), outcome.refused());
                    batch.stream().map(Observation::executionId).distinct().forEach(this::ring);
                    batch = buffer.nextBatch();
                } else if (!buffer.pause()) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            buffer.close();
        }
    }

    /** Losing a ring costs a listener one poll; it must not cost the writer its life. */
    private void ring(String executionId) {
        try {
            written.accept(executionId);
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "A listener of telemetry failed", broken);
        }
    }

    /** The highest seq of an execution, put or stored; 0 when there is none. */
    public long lastSeq(String executionId) {
        return Math.max(table.lastSeq(executionId), buffer.lastSeq(executionId));
    }

    /** Rows that the database refused for what they hold; each is told of in the server's log. */
    public long lost() {
        return buffer.lost();
    }

    /** Rows put but not yet stored. */
    public int pending() {
        return buffer.pending();
    }

    /** Ascending by seq; at most {@value TelemetryTable#LIMIT_MAX}. */
    public List<Observation> after(String executionId, long seq, int limit) {
        return table.after(executionId, seq, limit);
    }

    /** Of these types, or of all when there are none; ascending by seq. */
    public List<Observation> ofSession(String sessionId, List<ObservationType> types, int limit) {
        return table.ofSession(sessionId, types, limit);
    }

    /** Of these types, or of all when there are none; ascending by seq. */
    public List<Observation> ofExecution(String executionId, List<ObservationType> types, int limit) {
        return table.ofExecution(executionId, types, limit);
    }

    /** The newest of all executions, of these types or of all when there are none; newest first. */
    public List<Observation> recent(List<ObservationType> types, int limit) {
        return table.recent(types, limit);
    }

    /** Drops the days before this one; the partitions that went. */
    public List<String> dropBefore(LocalDate day) {
        return table.dropBefore(day);
    }

    /** Writes what is there, if the database can be reached, and ends. */
    @Override
    public void close() {
        buffer.close();
        try {
            writer.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
