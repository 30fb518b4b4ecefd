package io.fourfold.snapshot;

import io.fourfold.audit.StoredRow;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot on disk, read line by line; every id is recomputed on the way. */
final class SnapshotFile {

    /** One line: a body of the largest size, and its numbers may have been written out. */
    static final int LINE_BYTES_MAX = 16 << 20;

    /** Who is shown the records, by the number of their line, from 1. */
    interface Reader {
        void manifest(Manifest manifest);

        void record(long line, Entry entry);

        void fault(long line, String reason);
    }

    private SnapshotFile() {}

    static void read(Path file, Reader reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            long number = 0;
            for (byte[] line = line(in); line != null; line = line(in)) {
                number++;
                try {
                    if (number == 1) {
                        reader.manifest(Manifest.parse(text(line)));
                    } else {
                        reader.record(number, entry(text(line)));
                    }
                } catch (InvalidRecord invalid) {
                    String place = invalid.field().isEmpty() ? "" : invalid.field() + ": ";
                    reader.fault(number, place + invalid.getMessage());
                }
            }
            if (number == 0) {
                reader.fault(1, "expected the manifest of a snapshot, but the file is empty");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Entry entry(String line) {
        StoredRow row = StoredRow.parse(line).canonical();
        String computed = row.computedId();
        if (!computed.equals(row.id())) {
            throw new InvalidRecord("id", "expected " + computed + ", which these fields have, but was " + row.id());
        }
        Entry entry = row.entry();
        if (!entry.draft().parents().stream().map(Object::toString).toList().equals(row.parents())) {
            throw new InvalidRecord("parents", "expected them ascending without duplicates");
        }
        return entry;
    }

    private static String text(byte[] line) {
        if (line.length > LINE_BYTES_MAX) {
            throw new InvalidRecord("", "expected at most " + LINE_BYTES_MAX + " bytes, but the line is longer");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new InvalidRecord("", "expected valid UTF-8, but " + broken.getMessage());
        }
    }

    /** Without its line feed, cut off after one byte too many; null at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= LINE_BYTES_MAX) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }
}
