package io.fourfold.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked once from the jar on the class path into a cache; several processes may race for
 * it.
 */
record PostgresBinaries(Path folder) {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    static PostgresBinaries in(Path cache) {
        URL archive = archive();
        try {
            Path folder = cache.toAbsolutePath()
                    .resolve("postgresql-17-" + open(archive).getContentLengthLong());
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
            return new PostgresBinaries(folder);
        } catch (IOException broken) {
            throw new PostgresFailure("Cannot unpack PostgreSQL into " + cache + ": " + broken.getMessage(), broken);
        }
    }

    private static URL archive() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        URL archive = PostgresBinaries.class.getResource(ARCHIVE);
        if (!machine.equals("Linux amd64") || archive == null) {
            throw new PostgresFailure("No embedded PostgreSQL for " + machine + ": give one of your own with --db.");
        }
        return archive;
    }

    /** Not through the JVM's cache of open jars: Payara, which boots meanwhile, closes what it finds there. */
    private static URLConnection open(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path half = Files.createTempDirectory(folder.getParent(), "unpack-");
        try (InputStream packed = open(archive).getInputStream()) {
            extract(new XZInputStream(packed), half);
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(half, folder);
        } catch (IOException broken) {
            delete(half);
            if (!Files.isDirectory(folder)) {
                throw broken;
            }
        }
    }

    /** {@code tar} alone cannot be trusted with xz: that needs a second program, which small systems lack. */
    private static void extract(InputStream tar, Path into) throws IOException {
        Process process = new ProcessBuilder("tar", "-xof", "-", "-C", into.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            tar.transferTo(input);
        }
        String said = new String(process.getInputStream().readAllBytes()).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("tar: " + said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
