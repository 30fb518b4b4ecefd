package io.fourfold.door;

import io.fourfold.engine.Inlet;
import io.fourfold.log.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Unix-domain socket in a folder only the server's own account may enter: one record of JSON a line, one answer a
 * line. Each connection has a virtual thread; beyond {@link #CONNECTIONS_MAX}, one is told so and closed.
 */
public final class SocketDoor implements AutoCloseable {

    /** Connections open at once. */
    public static final int CONNECTIONS_MAX = 256;

    private static final Logger LOG = Logger.getLogger(SocketDoor.class.getName());

    private final Inlet inlet;
    private final Path path;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SocketDoor(Inlet inlet, Path path, ServerSocketChannel server) {
        this.inlet = inlet;
        this.path = path;
        this.server = server;
    }

    /**
     * Listens at {@code folder/ingest.sock}; a socket that a dead server left there is taken away.
     *
     * @throws IOException also when the path is longer than a socket's may be, about 100 bytes
     */
    public static SocketDoor open(Path folder, Inlet inlet) throws IOException {
        var mine = PosixFilePermissions.fromString("rwx------");
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mine));
        }
        Files.setPosixFilePermissions(folder, mine);
        Path path = folder.resolve("ingest.sock");
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), CONNECTIONS_MAX);
        } catch (IOException | RuntimeException refused) {
            server.close();
            throw refused;
        }
        SocketDoor door = new SocketDoor(inlet, path, server);
        door.threads.execute(door::listen);
        return door;
    }

    public Path path() {
        return path;
    }

    private void listen() {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                open.add(caller);
                threads.execute(() -> converse(caller));
            } catch (IOException | RuntimeException ended) {
                LOG.log(server.isOpen() ? Level.WARNING : Level.FINE, "A connection was not taken", ended);
                Thread.yield();
            }
        }
    }

    private void converse(SocketChannel caller) {
        try (caller;
                OutputStream out = Channels.newOutputStream(caller)) {
            if (open.size() > CONNECTIONS_MAX) {
                out.write((overloaded().line() + "\n").getBytes(StandardCharsets.UTF_8));
                return;
            }
            new Conversation(inlet, Channels.newInputStream(caller), out).run();
        } catch (IOException gone) {
            LOG.log(Level.FINE, "A caller went away", gone);
        } finally {
            open.remove(caller);
        }
    }

    private static Reply overloaded() {
        String message = "Expected at most " + CONNECTIONS_MAX + " connections, but there are as many";
        return Reply.of(new Refusal(Refusal.Code.OVERLOADED, message, Map.of("retry_after_seconds", 1)));
    }

    /** Connections open now. */
    public int connections() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel caller : open) {
            caller.close();
        }
        threads.shutdown();
        Files.deleteIfExists(path);
    }
}
