package io.fourfold.cli.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the server's JVM is called. Flags for a laptop: ready soon and small; FOURFOLD_JAVA_OPTS comes after them and
 * wins.
 */
final class ServerCommand {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx768m", "-Xshare:auto");
    private static final int UNSAFE_FLAG_SINCE = 23;

    private ServerCommand() {}

    static List<String> line(int port, Path data, String database) {
        return line(port, data, database, List.of());
    }

    /** @param settings further options of the JVM, such as {@code -Dfourfold.x=y} */
    static List<String> line(int port, Path data, String database, List<String> settings) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(FLAGS);
        if (Runtime.version().feature() >= UNSAFE_FLAG_SINCE) {
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        String extra = System.getenv("FOURFOLD_JAVA_OPTS");
        if (extra != null && !extra.isBlank()) {
            line.addAll(List.of(extra.strip().split("\\s+")));
        }
        line.addAll(settings);
        line.addAll(List.of("-jar", jar().toString(), "--port", String.valueOf(port), "--data", data.toString()));
        if (database != null) {
            line.addAll(List.of("--db", database));
        }
        return line;
    }

    /** So that the server does not hear what is typed at, or happens to, the terminal it was started from. */
    static List<String> apart(List<String> line) {
        List<String> apart = new ArrayList<>(line);
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            apart.addFirst("/usr/bin/setsid");
        }
        return apart;
    }

    private static Path jar() {
        return Path.of(System.getProperty("fourfold.home", "."), "ear", "target", "server", "fourfold-server.jar");
    }
}
