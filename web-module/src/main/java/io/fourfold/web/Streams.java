package io.fourfold.web;

import io.fourfold.engine.Doorbell;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.Feed.Frame;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Open streams, one virtual thread each. A thread registers for the doorbell first and then pulls what there is, so
 * nothing falls between; a slow client holds up its own thread and nothing else.
 */
@ApplicationScoped
public class Streams {

    /** Streams open at once. */
    public static final int STREAMS_MAX = 2_000;

    /** Without frames for so long, a comment shows that the stream lives. */
    static final int HEARTBEAT_SECONDS = 15;

    private static final Logger LOG = Logger.getLogger(Streams.class.getName());

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger active = new AtomicInteger();

    /** Registers with the doorbell. */
    interface Bell extends Function<Runnable, Doorbell.Subscription> {}

    /** Writes the first frame, if any, and then what {@code pull} gives, until a last frame or the client leaves. */
    void open(SseEventSink sink, Sse sse, Bell bell, Frame first, Supplier<List<Frame>> pull) {
        if (active.incrementAndGet() > STREAMS_MAX) {
            active.decrementAndGet();
            throw new Refused(
                    Refusal.Code.OVERLOADED,
                    "Expected at most " + STREAMS_MAX + " open streams, but there are as many");
        }
        threads.execute(() -> {
            try (sink) {
                run(sink, sse, bell, first, pull);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException gone) {
                LOG.log(Level.FINE, "A stream ended early", gone);
            } finally {
                active.decrementAndGet();
            }
        });
    }

    private static void run(SseEventSink sink, Sse sse, Bell bell, Frame first, Supplier<List<Frame>> pull)
            throws InterruptedException {
        Semaphore rings = new Semaphore(1);
        Doorbell.Subscription subscription = bell.apply(rings::release);
        try {
            if (first != null) {
                send(sink, sse, first);
            }
            while (!sink.isClosed()) {
                if (!rings.tryAcquire(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
                    sink.send(sse.newEventBuilder().comment("alive").build());
                    continue;
                }
                rings.drainPermits();
                for (List<Frame> frames = pull.get(); !frames.isEmpty(); frames = pull.get()) {
                    for (Frame frame : frames) {
                        send(sink, sse, frame);
                    }
                    if (frames.get(frames.size() - 1).last()) {
                        return;
                    }
                }
            }
        } finally {
            subscription.close();
        }
    }

    private static void send(SseEventSink sink, Sse sse, Frame frame) {
        OutboundSseEvent.Builder event = sse.newEventBuilder()
                .name(frame.event())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(String.class, frame.data());
        sink.send(frame.id() == null ? event.build() : event.id(frame.id()).build())
                .toCompletableFuture()
                .join();
    }

    public int active() {
        return active.get();
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
