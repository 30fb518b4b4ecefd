package io.fourfold.artifact;

import io.fourfold.log.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes by their SHA-256, in a folder: {@code ab/cdef…}. What is stored is never changed; storing it again is harmless.
 * A file appears under its name only when it is complete.
 */
public final class ContentStore {

    /** One content, at most. */
    public static final long CONTENT_MAX_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 64 << 10;

    private final Path folder;
    private final long maxBytes;

    public ContentStore(Path folder) {
        this(folder, CONTENT_MAX_BYTES);
    }

    ContentStore(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** What was stored: its hash as 64 hexadecimal digits, and its size. */
    public record Stored(String sha256, long sizeBytes) {}

    public Stored put(byte[] bytes) {
        return put(new ByteArrayInputStream(bytes));
    }

    public Stored put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the stream to its end and keeps it.
     *
     * @throws UncheckedIOException when it cannot be read or written, or is larger than {@link #CONTENT_MAX_BYTES}
     */
    public Stored put(InputStream in) {
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "partial", ".tmp");
            try {
                MessageDigest digest = Sha256.digest();
                long size = copy(new DigestInputStream(in, digest), partial);
                String hex = HexFormat.of().formatHex(digest.digest());
                Path target = path(hex);
                Files.createDirectories(target.getParent());
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                return new Stored(hex, size);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot keep content in " + folder, broken);
        }
    }

    public Optional<InputStream> open(String sha256) {
        try {
            Path path = path(sha256);
            return Files.exists(path) ? Optional.of(Files.newInputStream(path)) : Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read content " + sha256, broken);
        }
    }

    /**
     * The bytes, checked against their name.
     *
     * @throws IllegalStateException when they were changed on disk
     */
    public Optional<byte[]> read(String sha256) {
        try (InputStream in = open(sha256).orElse(null)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            String actual = Sha256.hex(bytes);
            if (!actual.equals(sha256)) {
                throw new IllegalStateException("Expected content " + sha256 + ", but its bytes hash to " + actual);
            }
            return Optional.of(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read content " + sha256, broken);
        }
    }

    private Path path(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Expected 64 hexadecimal digits, but was " + sha256);
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private long copy(InputStream in, Path to) throws IOException {
        long size = 0;
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                size += n;
                if (size > maxBytes) {
                    throw new IOException("Expected at most " + maxBytes + " bytes");
                }
                out.write(chunk, 0, n);
            }
        }
        return size;
    }
}
