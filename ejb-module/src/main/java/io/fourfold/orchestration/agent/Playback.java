package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Wire;
import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A recording on its way: it waits where the recording waited, and stands still while it is frozen. */
final class Playback implements Running, Runnable {

    private static final int STOPPED = 143;

    private final List<String> lines;
    private final int taken;
    private final double pace;
    private final LineSink sink;
    private final Runnable beforeResult;
    private final Rest rest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private boolean frozen;
    private boolean stopped;

    /** {@code pace} 0 plays at once, 1 as recorded; the first {@code taken} lines come at once however it is. */
    Playback(List<String> lines, int taken, double pace, LineSink sink, Runnable beforeResult, Rest rest) {
        this.lines = lines;
        this.taken = taken;
        this.pace = pace;
        this.sink = sink;
        this.beforeResult = beforeResult;
        this.rest = rest;
    }

    @Override
    public void run() {
        try {
            end.complete(play() ? 0 : STOPPED);
        } catch (InterruptedException interrupted) {
            end.complete(STOPPED);
        } catch (RuntimeException broken) {
            end.completeExceptionally(broken);
        }
    }

    /** Whether it was played to its end. */
    private boolean play() throws InterruptedException {
        long played = 0;
        boolean filesDue = true;
        int count = 0;
        for (String line : lines) {
            JsonNode node = read(line);
            if (node.has("_recording")) {
                continue;
            }
            long offset = Math.max(played, node.path("_offset_ms").asLong(played));
            if (!pass(count++ < taken ? 0 : offset - played)) {
                return false;
            }
            played = offset;
            if (filesDue && node.path("type").asText("").equals("result")) {
                beforeResult.run();
                filesDue = false;
            }
            sink.line(Stream.OUT, line);
        }
        if (filesDue && pass(0)) {
            beforeResult.run();
        }
        return pass(0);
    }

    /** Lets recorded time pass; false when it was stopped meanwhile. */
    private boolean pass(long recordedMillis) throws InterruptedException {
        long left = (long) (TimeUnit.MILLISECONDS.toNanos(recordedMillis) * pace);
        lock.lock();
        try {
            while (!stopped && (frozen || left > 0)) {
                if (frozen) {
                    changed.await();
                } else {
                    left = rest.until(changed, left);
                }
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private static JsonNode read(String line) {
        try {
            return Wire.MAPPER.readTree(line);
        } catch (JsonProcessingException plainText) {
            return Wire.MAPPER.createObjectNode();
        }
    }

    @Override
    public int await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException broken) {
            throw new SandboxFailure("The replay broke off", broken.getCause());
        }
    }

    @Override
    public boolean isOver() {
        return end.isDone();
    }

    @Override
    public void stop() {
        change(() -> stopped = true);
    }

    @Override
    public void freeze() {
        change(() -> frozen = true);
    }

    @Override
    public void thaw() {
        change(() -> frozen = false);
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
