package io.fourfold.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole server on a folder and a port of its own. */
final class Server implements AutoCloseable {

    private static final int READY_SECONDS = 300;
    private static final int STOP_SECONDS = 60;
    private static final int POLL_MILLIS = 20;
    private static final Pattern DATABASE = Pattern.compile("\"database_pid\": (\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Path home;
    private final Path data;
    private final int port;
    private final List<String> flags;
    private final List<String> options;
    private final Map<String, String> settings;
    private Process process;

    private Server(
            Path home, Path data, int port, List<String> flags, List<String> options, Map<String, String> settings) {
        this.home = home;
        this.data = data;
        this.port = port;
        this.flags = flags;
        this.options = options;
        this.settings = settings;
    }

    /**
     * Ready soon, to be killed soon. {@code home} is where {@code fourfold-server.jar} lies; {@code folder} is empty.
     */
    static Server start(Path home, Path folder) throws IOException, InterruptedException {
        return start(home, folder, List.of("-XX:TieredStopAtLevel=1"), List.of(), Map.of());
    }

    /** On a database that is there already. */
    static Server start(Path home, Path folder, String database) throws IOException, InterruptedException {
        return start(home, folder, database, Map.of());
    }

    /** The same with settings, by their names as environment variables. */
    static Server start(Path home, Path folder, String database, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(home, folder, List.of(), List.of("--db", database), settings);
    }

    private static Server start(
            Path home, Path folder, List<String> flags, List<String> options, Map<String, String> settings)
            throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Server server = new Server(home, folder.resolve("data"), freePort(), flags, options, settings);
        server.startAgain();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** On the same data and port; returns when it is ready. */
    void startAgain() throws IOException, InterruptedException {
        Path console = data.resolveSibling("console.log");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-Xmx768m"));
        line.addAll(flags);
        line.addAll(List.of("-jar", home.resolve("fourfold-server.jar").toString()));
        line.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        line.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(console.toFile());
        builder.environment().putAll(settings);
        process = builder.start();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS); System.nanoTime() < end; ) {
            if (Files.readString(console).contains("Fourfold is ready")) {
                return;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended: " + Files.readString(console));
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("The server was not ready within " + READY_SECONDS + " s");
    }

    int port() {
        return port;
    }

    /** What it holds in memory now, in MiB; 0 while it is not running. */
    long residentMiB() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        Matcher resident = RESIDENT.matcher(process.isAlive() ? Files.readString(status) : "");
        return resident.find() ? Long.parseLong(resident.group(1)) / 1_024 : 0;
    }

    /** As by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills PostgreSQL as by {@code kill -9}; the launcher starts it again. False when none is running. */
    boolean killDatabase() throws IOException {
        Path status = data.resolve("server.json");
        Matcher pid = DATABASE.matcher(Files.exists(status) ? Files.readString(status) : "");
        return pid.find()
                && ProcessHandle.of(Long.parseLong(pid.group(1)))
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
