package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;

/**
 * The lines of an agent that were taken, so that another server goes on after the last of them and sees no line twice.
 * The conversation is the lines as they came; beside it lie marks of equal length: the stream, when the line came, and
 * the number of its first observation. A line counts once its mark is there. For one thread at a time.
 */
final class Journal implements Closeable {

    /** The longest line that is read again at once. */
    private static final int LINE_BYTES_START = 8_192;

    private static final int MARK_BYTES = 1 + 2 * Long.BYTES;

    /** Takes a line that was taken before; {@code seq} is the number of its first observation. */
    interface Again {
        void line(Sandbox.Stream stream, String text, Instant at, long seq);
    }

    private final Path conversation;
    private final Path marks;
    private final OutputStream lines;
    private final OutputStream marked;

    private Journal(Path conversation, Path marks) throws IOException {
        this.conversation = conversation;
        this.marks = marks;
        this.lines = Files.newOutputStream(conversation, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.marked = Files.newOutputStream(marks, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Whose lines are kept in {@code <session>.jsonl} in a folder; what is there already comes again. */
    static Journal open(Path folder, String sessionId, Again again) throws IOException {
        Files.createDirectories(folder);
        Path conversation = folder.resolve(sessionId + ".jsonl");
        Path marks = marks(folder, sessionId);
        if (Files.exists(marks)) {
            recover(conversation, marks, again);
        }
        return new Journal(conversation, marks);
    }

    /** The highest number that an observation of its lines can have so far; 0 when none was taken. */
    static long lastSeq(Path folder, String sessionId) throws IOException {
        Path marks = marks(folder, sessionId);
        long whole = Files.exists(marks) ? Files.size(marks) / MARK_BYTES : 0;
        if (whole == 0) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(marks)) {
            ByteBuffer mark = ByteBuffer.allocate(MARK_BYTES);
            channel.read(mark, (whole - 1) * MARK_BYTES);
            // What the last line was seen to do is counted when it is read again.
            return mark.getLong(1 + Long.BYTES) - 1;
        }
    }

    private static Path marks(Path folder, String sessionId) {
        return folder.resolve(sessionId + ".marks");
    }

    /** Reads what is whole, and cuts off what a crash left half written. */
    private static void recover(Path conversation, Path marks, Again again) throws IOException {
        long taken = 0;
        long count = 0;
        try (InputStream lines = new BufferedInputStream(Files.newInputStream(conversation));
                InputStream marked = new BufferedInputStream(Files.newInputStream(marks))) {
            byte[] mark = marked.readNBytes(MARK_BYTES);
            while (mark.length == MARK_BYTES) {
                byte[] line = line(lines);
                if (line == null) {
                    break;
                }
                ByteBuffer fields = ByteBuffer.wrap(mark);
                Sandbox.Stream stream = Sandbox.Stream.values()[fields.get()];
                Instant at = Instant.ofEpochMilli(fields.getLong());
                again.line(stream, new String(line, StandardCharsets.UTF_8), at, fields.getLong());
                taken += line.length + 1L;
                count++;
                mark = marked.readNBytes(MARK_BYTES);
            }
        }
        truncate(conversation, taken);
        truncate(marks, count * MARK_BYTES);
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    /** Up to the next line end; null when there is none any more. */
    private static byte[] line(InputStream in) throws IOException {
        byte[] line = new byte[LINE_BYTES_START];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) next;
        }
        return Arrays.copyOf(line, length);
    }

    /** Keeps a line; it is there for another server when this returns, if the machine goes on. */
    void keep(Sandbox.Stream stream, String text, Instant at, long seq) throws IOException {
        lines.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        ByteBuffer mark = ByteBuffer.allocate(MARK_BYTES);
        mark.put((byte) stream.ordinal()).putLong(at.toEpochMilli()).putLong(seq);
        marked.write(mark.array());
    }

    /** The lines as they came. */
    InputStream conversation() throws IOException {
        return Files.newInputStream(conversation);
    }

    /** Takes it off the disk. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(marks);
        Files.deleteIfExists(conversation);
    }

    @Override
    public void close() throws IOException {
        lines.close();
        marked.close();
    }
}
