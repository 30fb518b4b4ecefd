package io.fourfold.orchestration.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a file that a process writes, from its beginning until the process has ended and all of it was read. */
final class OutputTail implements Runnable {

    /** What a process may write on one of its streams. */
    static final long BYTES_MAX = 1L << 30;

    private static final int READ_BYTES = 64 << 10;
    private static final int REST_MILLIS_MIN = 1;
    private static final int REST_MILLIS_MAX = 16;

    private final Path file;
    private final Lines lines;
    private final Future<?> ended;
    private long taken;

    /** {@code ended} is done when nobody writes any more. */
    OutputTail(Path file, Lines lines, Future<?> ended) {
        this.file = file;
        this.lines = lines;
        this.ended = ended;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[READ_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int rest = REST_MILLIS_MIN;
            boolean last = false;
            while (true) {
                int count = in.read(buffer);
                if (count > 0) {
                    take(buffer, count);
                    rest = REST_MILLIS_MIN;
                } else if (last) {
                    break;
                } else {
                    // What was written before it ended is there to be read after: one more look.
                    last = hasEnded(rest);
                    rest = Math.min(REST_MILLIS_MAX, 2 * rest);
                }
            }
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot read " + file, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        lines.end();
    }

    /** Waits for that at most so long. */
    private boolean hasEnded(int millis) throws InterruptedException {
        try {
            ended.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException unseen) {
            return true;
        }
    }

    private void take(byte[] buffer, int count) {
        taken += count;
        if (taken > BYTES_MAX) {
            throw new SandboxFailure("Expected at most " + BYTES_MAX + " bytes of output, but there were more", null);
        }
        lines.accept(buffer, 0, count);
    }
}
