package io.fourfold.server;

import io.fourfold.server.MicroServer.ServerFiles;
import io.fourfold.server.ServerStatus.State;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Logger;

/**
 * {@code java -jar fourfold-server.jar [--port 8484] [--data DIR] [--db URL]}: PostgreSQL, Payara Micro and the EAR in
 * one command. Ends with 0 after a clean stop, with 1 and one sentence when it cannot start.
 */
public final class Launcher {

    private static final int STOP_SECONDS = 20;
    private static final int WATCH_MILLIS = 500;

    private final LaunchOptions options;
    private final DataFolder folder;
    private final Instant startedAt;
    private volatile MicroServer server;
    private volatile CompletableFuture<Database> database;
    private volatile boolean stopping;

    private Launcher(LaunchOptions options, DataFolder folder, Instant startedAt) {
        this.options = options;
        this.folder = folder;
        this.startedAt = startedAt;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream console = System.err;
        try {
            Instant now = ProcessHandle.current().info().startInstant().orElse(Instant.now());
            LaunchOptions asked = LaunchOptions.parse(arguments, System.getenv());
            DataFolder folder = DataFolder.open(asked.data(), now);
            int port = PortHolder.claim(asked.port());
            new Launcher(new LaunchOptions(port, asked.data(), asked.database()), folder, now).run();
        } catch (LaunchRefused | PostgresFailure refused) {
            console.println(refused.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        // Before the first temporary file: what a crash leaves behind lies in our folder and is swept at the next
        // start.
        System.setProperty("java.io.tmpdir", folder.temporary().toString());
        Path logSettings = ServerLog.settings(folder.log(), folder.temporary());
        System.setProperty("java.util.logging.config.file", logSettings.toString());
        // What libraries print by themselves; the console is for our sentences.
        PrintStream console = System.out;
        PrintStream stray =
                new PrintStream(folder.path().resolve("logs/stray.log").toFile(), StandardCharsets.UTF_8);
        System.setOut(stray);
        System.setErr(stray);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "fourfold-stop"));
        status(State.STARTING).write();
        database = CompletableFuture.supplyAsync(() -> Database.open(options.database(), folder));
        ServerFiles files = ServerFiles.ofThisJar();
        server = MicroServer.boot(files, options.port(), folder.temporary().resolve("micro"), logSettings);
        publish(await(database));
        server.deploy(files.ear());
        status(State.READY).write();
        long seconds = Duration.between(startedAt, Instant.now()).toSeconds();
        String ready = "Fourfold is ready: " + status(State.READY).url() + "/dashboard (" + seconds + " s)";
        Logger.getLogger("io.fourfold.server").info(ready);
        console.println(ready);
        watch();
    }

    /** What the application is told, as system properties: MicroProfile Config reads them. */
    private void publish(Database opened) {
        System.setProperty("fourfold.db.url", opened.address().url());
        System.setProperty("fourfold.db.user", opened.address().user());
        System.setProperty("fourfold.db.password", opened.address().password());
        System.setProperty("fourfold.data", folder.path().toString());
        System.setProperty("fourfold.port", String.valueOf(options.port()));
    }

    private void watch() throws InterruptedException {
        while (!stopping) {
            if (database.join().revive()) {
                status(State.READY).write();
            }
            Thread.sleep(WATCH_MILLIS);
        }
    }

    private ServerStatus status(State state) {
        long databasePid = state == State.READY ? database.join().pid() : 0;
        return new ServerStatus(state, options.port(), databasePid, folder.path(), startedAt);
    }

    /** First who uses the database, then the database; whatever hangs is left behind after {@value #STOP_SECONDS} s. */
    private void stop() {
        stopping = true;
        Thread worker = Thread.ofPlatform().daemon().start(() -> {
            if (server != null) {
                server.stop();
            }
            if (database != null) {
                database.thenAccept(Database::stop).join();
            }
        });
        try {
            worker.join(Duration.ofSeconds(STOP_SECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        ServerStatus.remove(folder.path());
        if (worker.isAlive()) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static Database await(CompletableFuture<Database> opening) {
        try {
            return opening.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
