package io.fourfold.door;

import io.fourfold.log.CanonicalJson;
import io.fourfold.log.InvalidRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines as they arrive: each call waits for one and then gives all that have come whole, blank ones left out. Holds no
 * more than one line and a buffer.
 */
final class Lines {

    /** One line, without its end. */
    static final int LINE_BYTES_MAX = CanonicalJson.TEXT_BYTES_MAX;

    private static final int BUFFER_BYTES = 256 * 1024;

    /** One line, or what is wrong with it. */
    sealed interface Line {
        record Whole(byte[] utf8) implements Line {}

        record TooLong(InvalidRecord fault) implements Line {}
    }

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int end;
    private long skipped;
    private boolean over;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Empty at the end of the stream. */
    List<Line> next() throws IOException {
        List<Line> lines = new ArrayList<>();
        while (lines.isEmpty() && !over) {
            int read = in.read(buffer, end, buffer.length - end);
            over = read < 0;
            int scanned = end;
            end += Math.max(0, read);
            cut(scanned, lines);
        }
        return lines;
    }

    private void cut(int scanned, List<Line> lines) {
        int from = 0;
        for (int i = scanned; i < end; i++) {
            if (buffer[i] == '\n') {
                add(from, i, lines);
                from = i + 1;
            }
        }
        if (over) {
            add(from, end, lines);
            from = end;
        }
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        makeRoom();
    }

    private void add(int from, int to, List<Line> lines) {
        long length = skipped + to - from;
        skipped = 0;
        if (length > LINE_BYTES_MAX) {
            lines.add(new Line.TooLong(CanonicalJson.tooLong(length)));
        } else if (!isBlank(from, to)) {
            lines.add(new Line.Whole(Arrays.copyOfRange(buffer, from, to)));
        }
    }

    /** The buffer grows up to the longest line; what is longer is counted and dropped. */
    private void makeRoom() {
        if (end > LINE_BYTES_MAX || skipped > 0) {
            skipped += end;
            end = 0;
        } else if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, LINE_BYTES_MAX + BUFFER_BYTES));
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] > ' ') {
                return false;
            }
        }
        return true;
    }
}
