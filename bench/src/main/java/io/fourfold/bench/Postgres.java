package io.fourfold.bench;

import io.fourfold.server.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** The database to measure on: one that is there, or an embedded one in a folder that is deleted at the end. */
record Postgres(String url, EmbeddedPostgres server, Path folder) implements AutoCloseable {

    static Postgres open(String url) throws Exception {
        if (url != null) {
            return new Postgres(url, null, null);
        }
        Path folder = Files.createTempDirectory("fourfold-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("data"), folder.resolve("programs"), 0);
        return new Postgres(server.jdbcUrl(), server, folder);
    }

    @Override
    public void close() throws IOException {
        if (server == null) {
            return;
        }
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
