package io.fourfold.server;

import static java.util.Map.entry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * PostgreSQL 17 on a folder of ours: loopback only, with a password that lies in the folder, no Unix socket. A server
 * that already runs on the folder is taken over, so a crash of its owner costs no data and no repair.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    public static final String USER = "postgres";

    static final int STOP_SECONDS = 15;
    private static final int INITDB_SECONDS = 120;
    private static final int PASSWORD_BYTES = 24;
    private static final String PASSWORD_FILE = "fourfold.password";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            entry("listen_addresses", "127.0.0.1"),
            entry("unix_socket_directories", ""),
            entry("max_connections", "120"),
            entry("shared_buffers", "512MB"),
            // Checkpoints by time rather than by size: after each, every page is written to the journal in full.
            entry("max_wal_size", "4GB"),
            entry("checkpoint_timeout", "15min"),
            entry("jit", "off"),
            entry("logging_collector", "on"),
            entry("log_filename", "postgresql-%a.log"),
            entry("log_truncate_on_rotation", "on"),
            entry("log_rotation_age", "1d"));

    private final Path dataFolder;
    private final PostgresBinaries binaries;
    private final PostgresAccount account;
    private final String password;
    private final Postmaster postmaster;

    private EmbeddedPostgres(
            Path dataFolder,
            PostgresBinaries binaries,
            PostgresAccount account,
            String password,
            Postmaster postmaster) {
        this.dataFolder = dataFolder;
        this.binaries = binaries;
        this.account = account;
        this.password = password;
        this.postmaster = postmaster;
    }

    /** Ready for connections on return. Port 0 takes over whatever port a running server has, or any free one. */
    public static EmbeddedPostgres start(Path dataFolder, Path binariesCache, int portOrZero) {
        return start(dataFolder, binariesCache, portOrZero, Map.of());
    }

    static EmbeddedPostgres start(Path dataFolder, Path binariesCache, int portOrZero, Map<String, String> settings) {
        Path data = dataFolder.toAbsolutePath().normalize();
        PostgresBinaries binaries = PostgresBinaries.in(binariesCache);
        PostgresAccount account = PostgresAccount.forFolders(data, binaries.folder());
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                create(data, binaries, account);
            }
            String password = Files.readString(data.resolve(PASSWORD_FILE)).strip();
            Map<String, String> all = new TreeMap<>(SETTINGS);
            all.putAll(settings);
            Postmaster running = new PostgresStart(data, binaries, account, all).run(portOrZero);
            return new EmbeddedPostgres(data, binaries, account, password, running);
        } catch (IOException broken) {
            throw new PostgresFailure("Cannot start PostgreSQL on " + data + ": " + broken, broken);
        }
    }

    public String jdbcUrl() {
        return jdbcUrl("postgres") + "&user=" + USER + "&password=" + password;
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?stringtype=unspecified";
    }

    public String password() {
        return password;
    }

    public int port() {
        return postmaster.port();
    }

    public long pid() {
        return postmaster.pid();
    }

    public boolean isAlive() {
        return Postmaster.isAlive(pid());
    }

    /** Ends connections and shuts down; at once if that takes longer than {@value #STOP_SECONDS} s. */
    public void stop() {
        stop(dataFolder, binaries, account);
    }

    @Override
    public void close() {
        stop();
    }

    static void stop(Path data, PostgresBinaries binaries, PostgresAccount account) {
        String[] wait = {"-D", data.toString(), "-w", "-t", String.valueOf(STOP_SECONDS), "stop", "-m"};
        for (String mode : new String[] {"fast", "immediate"}) {
            if (Postmaster.on(data).isEmpty()) {
                return;
            }
            String[] arguments = Arrays.copyOf(wait, wait.length + 1);
            arguments[wait.length] = mode;
            Command.run(account.command(binaries.program("pg_ctl"), arguments), STOP_SECONDS + 5);
        }
    }

    /** In a folder beside, then renamed: a data folder is complete or absent. */
    private static void create(Path data, PostgresBinaries binaries, PostgresAccount account) throws IOException {
        Path half = data.resolveSibling(data.getFileName() + ".new");
        Path password = data.resolveSibling(data.getFileName() + ".password");
        PostgresBinaries.delete(half);
        Files.createDirectories(half);
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.writeString(password, HexFormat.of().formatHex(secret));
        account.own(half);
        account.own(password);
        Command initdb = Command.run(
                account.command(
                        binaries.program("initdb"),
                        "-D",
                        half.toString(),
                        "-U",
                        USER,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--auth=scram-sha-256",
                        "--pwfile=" + password),
                INITDB_SECONDS);
        if (!initdb.succeeded()) {
            Files.deleteIfExists(password);
            PostgresBinaries.delete(half);
            throw new PostgresFailure("Cannot create a database in " + data + ": " + initdb.output());
        }
        Files.move(password, half.resolve(PASSWORD_FILE));
        Files.deleteIfExists(data);
        Files.move(half, data);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
