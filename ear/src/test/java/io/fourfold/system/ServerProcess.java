package io.fourfold.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The assembled server of {@code target/server}, as a process of its own that a test may kill. */
final class ServerProcess implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("basedir", "."), "target", "server");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int READY_SECONDS = 180;
    private static final int STOP_SECONDS = 40;
    private static final int POLL_MILLIS = 100;
    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 30_000;

    private final Path data;
    private final int port;
    private Process process;

    private ServerProcess(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** On a new data folder and a free port; stopped and swept away when the JVM ends, if not before. */
    static ServerProcess start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fourfold-system-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        ServerProcess server = startIn(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.sweep(folder)));
        return server;
    }

    /** In a folder the caller takes care of. */
    static ServerProcess startIn(Path folder) throws IOException, InterruptedException {
        ServerProcess server = new ServerProcess(folder.resolve("data"), freePort());
        server.startAgain();
        return server;
    }

    /** On the same data folder and port; returns when it is ready, fails with what it said when it ends instead. */
    void startAgain() throws IOException, InterruptedException {
        Path console = data.resolveSibling("console.log");
        process = launcher(port, data).redirectOutput(console.toFile()).start();
        for (long waited = 0; waited < TimeUnit.SECONDS.toMillis(READY_SECONDS); waited += POLL_MILLIS) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended: " + Files.readString(console));
            }
            if (Files.readString(console).contains("Fourfold is ready")) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        close();
        throw new IllegalStateException("The server was not ready within " + READY_SECONDS + " s");
    }

    static ProcessBuilder launcher(int port, Path data) {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx768m",
                        "-jar",
                        HOME.resolve("fourfold-server.jar").toString(),
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString()))
                .redirectErrorStream(true);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    Process process() {
        return process;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve(path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    long databasePid() throws IOException {
        Matcher pid =
                Pattern.compile("\"database_pid\": (\\d+)").matcher(Files.readString(data.resolve("server.json")));
        if (!pid.find()) {
            throw new IllegalStateException("no database_pid in server.json");
        }
        return Long.parseLong(pid.group(1));
    }

    private void sweep(Path folder) {
        if (process != null) {
            close();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Below those that the system lends to connections: nobody else is given it before the server listens there. */
    static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one.
            }
        }
    }

    /** A clean stop, as by Ctrl-C. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
