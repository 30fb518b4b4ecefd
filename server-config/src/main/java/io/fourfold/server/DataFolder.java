package io.fourfold.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;

/** The folder all of a server's state lies in, held by one server at a time. */
final class DataFolder implements AutoCloseable {

    private static final long FREE_SPACE_MIN_MEGABYTES = 200;
    private static final long MEGABYTE = 1 << 20;
    private static final String MARKER = "fourfold.json";

    private final Path path;
    private final FileLock lock;

    private DataFolder(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates it if need be. Refuses a folder that is another's, that is in use, or that leaves no room to work. */
    static DataFolder open(Path path, Instant now) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                // Enterable, not listable: root's database runs as another account.
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            }
            if (!Files.isWritable(path)) {
                throw new LaunchRefused(
                        "The data folder " + path + " cannot be written to: choose another with --data.");
            }
            mark(path, now);
            FileLock lock = lock(path);
            room(path);
            DataFolder folder = new DataFolder(path, lock);
            PostgresBinaries.delete(folder.temporary());
            Files.createDirectories(folder.temporary());
            Files.createDirectories(path.resolve("logs"));
            return folder;
        } catch (AccessDeniedException denied) {
            throw new LaunchRefused("The data folder " + path + " cannot be used, " + denied.getFile()
                    + " is closed to this account: choose another with --data.");
        } catch (IOException broken) {
            throw new LaunchRefused("The data folder " + path + " cannot be used: " + broken + ".");
        }
    }

    Path path() {
        return path;
    }

    /** Emptied at each start. */
    Path temporary() {
        return path.resolve("tmp");
    }

    Path log() {
        return path.resolve("logs").resolve("server.log");
    }

    /**
     * Where the embedded database lies: here, unless it was created by an account that could not come here; never two
     * of them.
     */
    Path databaseHome() {
        if (Files.isSymbolicLink(path.resolve("database"))) {
            return elsewhere();
        }
        try {
            PostgresAccount.forFolders(path.resolve("postgres"));
            return path;
        } catch (PostgresFailure walled) {
            if (Files.exists(path.resolve("postgres"))) {
                throw walled;
            }
            return elsewhere();
        }
    }

    private Path elsewhere() {
        Path home = Path.of("/var/lib/fourfold", Integer.toHexString(path.hashCode()));
        Path link = path.resolve("database");
        try {
            Files.createDirectories(home);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, home);
            }
            return home;
        } catch (IOException broken) {
            throw new LaunchRefused("PostgreSQL does not run as root, the account \"nobody\" cannot enter " + path
                    + ", and " + home + " cannot be created: choose a folder that everybody may enter with --data.");
        }
    }

    private static void mark(Path path, Instant now) throws IOException {
        Path marker = path.resolve(MARKER);
        if (Files.exists(marker)) {
            return;
        }
        try (Stream<Path> inside = Files.list(path)) {
            if (inside.findAny().isPresent()) {
                throw new LaunchRefused(
                        "The folder " + path + " holds something else: choose an empty one or a new one with --data.");
            }
        }
        Files.writeString(marker, "{\n  \"format\": 1,\n  \"created_at\": \"" + now + "\"\n}\n");
    }

    private static FileLock lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same answer as for another process.
        }
        channel.close();
        throw new LaunchRefused("Fourfold is " + ServerStatus.whereabouts(path) + " (data " + path + ").");
    }

    private static void room(Path path) throws IOException {
        long free = Files.getFileStore(path).getUsableSpace() / MEGABYTE;
        if (free < FREE_SPACE_MIN_MEGABYTES) {
            throw new LaunchRefused("Only " + free + " MB are free for " + path + ", and Fourfold needs "
                    + FREE_SPACE_MIN_MEGABYTES + " MB: make room or choose another folder with --data.");
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException broken) {
            throw new LaunchRefused("The lock of " + path + " cannot be given back: " + broken + ".");
        }
    }
}
