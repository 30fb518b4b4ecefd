package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts lines together from arbitrary pieces of one stream's bytes (UTF-8). A line longer than {@value #PIECE_MAX_BYTES}
 * bytes is handed on in pieces of that length, each cut at a character.
 */
public final class Lines {

    public static final int PIECE_MAX_BYTES = 1 << 20;

    private static final int CHARACTER_MAX_BYTES = 4;
    private static final int START_BYTES = 8_192;

    private final Stream stream;
    private final LineSink sink;
    private byte[] held = new byte[START_BYTES];
    private int length;
    private boolean midLine;

    Lines(Stream stream, LineSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    /** Whether a line is as long as only a piece of a longer line can be. */
    public static boolean isPiece(String line) {
        return line.length() > PIECE_MAX_BYTES / CHARACTER_MAX_BYTES
                && line.getBytes(StandardCharsets.UTF_8).length > PIECE_MAX_BYTES - CHARACTER_MAX_BYTES;
    }

    void accept(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else {
                hold(bytes[i]);
            }
        }
    }

    /** Hands on what came after the last line end. */
    void end() {
        if (length > 0) {
            endLine();
        }
    }

    private void endLine() {
        int end = length > 0 && held[length - 1] == '\r' ? length - 1 : length;
        if (end > 0 || !midLine) {
            hand(end);
        }
        length = 0;
        midLine = false;
    }

    private void hold(byte one) {
        if (length == PIECE_MAX_BYTES) {
            int cut = characterStart(length);
            hand(cut);
            System.arraycopy(held, cut, held, 0, length - cut);
            length -= cut;
            midLine = true;
        }
        if (length == held.length) {
            held = Arrays.copyOf(held, Math.min(PIECE_MAX_BYTES, held.length * 2));
        }
        held[length++] = one;
    }

    /** Where the last character that may be unfinished begins; the end itself when the bytes are no UTF-8. */
    private int characterStart(int end) {
        for (int back = 1; back < CHARACTER_MAX_BYTES; back++) {
            int lead = held[end - back] & 0xFF;
            if (lead >= 0xC0) {
                int needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return needs > back ? end - back : end;
            }
            if (lead < 0x80) {
                return end;
            }
        }
        return end;
    }

    private void hand(int end) {
        sink.line(stream, new String(held, 0, end, StandardCharsets.UTF_8));
    }
}
