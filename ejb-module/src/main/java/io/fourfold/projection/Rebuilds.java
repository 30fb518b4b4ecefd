package io.fourfold.projection;

import io.fourfold.engine.Projector;
import io.fourfold.kit.Projection;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Read models that are folded again: one at a time, the others wait their turn. */
public final class Rebuilds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Rebuilds.class.getName());

    /** Where one stands. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * How far one has come.
     *
     * @param position up to which it has folded, of {@code head}
     * @param parked   entries it had to pass over
     * @param failure  null unless it failed; then the old one is still in its place
     */
    public record Progress(
            String name,
            State state,
            long position,
            long head,
            Instant askedAt,
            Instant endedAt,
            int parked,
            String failure) {

        public boolean isOver() {
            return state == State.DONE || state == State.FAILED;
        }
    }

    /** What became of a request. */
    public sealed interface Outcome {
        record Begun(Progress progress) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    private final DataSource source;
    private final Log log;
    private final Supplier<List<Projection<?>>> models;
    private final Projector projector;
    private final Runnable changed;
    private final Clock clock;
    private final Map<String, Progress> byName = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("rebuild").factory());

    /**
     * @param models  makes all read models anew
     * @param changed told when their rows are others
     */
    public Rebuilds(
            DataSource source,
            Log log,
            Supplier<List<Projection<?>>> models,
            Projector projector,
            Runnable changed,
            Clock clock) {
        this.source = source;
        this.log = log;
        this.models = models;
        this.projector = projector;
        this.changed = changed;
        this.clock = clock;
    }

    public Outcome start(String name) {
        Optional<Projection<?>> model = models.get().stream()
                .<Projection<?>>map(one -> one)
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (model.isEmpty()) {
            return new Outcome.Refused(Refusal.of(
                    Refusal.Code.NOT_FOUND,
                    "Expected one of "
                            + String.join(
                                    ", ",
                                    models.get().stream().map(Projection::name).toList())
                            + ", but there is no read model " + name));
        }
        synchronized (byName) {
            Progress known = byName.get(name);
            if (known != null && !known.isOver()) {
                return new Outcome.Refused(Refusal.of(
                        Refusal.Code.WRONG_STATE, "Expected " + name + " at rest, but it is being folded again"));
            }
            Progress asked = new Progress(name, State.WAITING, 0, log.head(), clock.instant(), null, 0, null);
            byName.put(name, asked);
            worker.execute(() -> run(model.get()));
            return new Outcome.Begun(asked);
        }
    }

    /** Begins with those whose fold is another than that which made their rows. */
    public void startOutdated() {
        Map<String, Integer> versions = Transactions.in(source, Checkpoints::versions);
        models.get().stream()
                .filter(model -> versions.getOrDefault(model.name(), model.version()) != model.version())
                .forEach(model -> start(model.name()));
    }

    private <V> void run(Projection<V> model) {
        String name = model.name();
        change(name, p -> new Progress(name, State.RUNNING, 0, log.head(), p.askedAt(), null, 0, null));
        Rebuild<V> rebuild = new Rebuild<>(source, log, model, position -> reached(name, position));
        String failure = null;
        try {
            try {
                rebuild.run();
            } finally {
                changed.run();
            }
            projector.refresh(name);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError broken) {
            LOG.log(Level.WARNING, "Read model " + name + " could not be folded again", broken);
            failure = String.valueOf(broken.getMessage());
        }
        ended(name, rebuild.parked().size(), failure);
    }

    private void reached(String name, long position) {
        change(
                name,
                p -> new Progress(name, p.state(), position, Math.max(p.head(), position), p.askedAt(), null, 0, null));
    }

    private void ended(String name, int parked, String failure) {
        State state = failure == null ? State.DONE : State.FAILED;
        Instant now = clock.instant();
        change(name, p -> new Progress(name, state, p.position(), p.head(), p.askedAt(), now, parked, failure));
    }

    private void change(String name, UnaryOperator<Progress> change) {
        synchronized (byName) {
            byName.computeIfPresent(name, (same, progress) -> change.apply(progress));
        }
    }

    /** The last of a name since this server started. */
    public Optional<Progress> of(String name) {
        synchronized (byName) {
            return Optional.ofNullable(byName.get(name));
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
