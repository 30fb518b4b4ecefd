package io.fourfold.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.engine.Inlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketDoorTest {

    @TempDir
    Path data;

    private SocketDoor door;

    @BeforeEach
    void open() throws IOException {
        door = SocketDoor.open(data.resolve("ingest"), Doors.inlet());
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @Test
    void theFolderIsForTheOwnAccountOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("ingest"))))
                .isEqualTo("rwx------");
        assertThat(door.path()).isEqualTo(data.resolve("ingest/ingest.sock"));
    }

    @Test
    void linesAreAnsweredAsSingleRequestsAre() throws IOException {
        Inlet single = Doors.inlet();
        try (Caller caller = new Caller()) {
            for (String request : Doors.REQUESTS) {
                assertThat(caller.ask(request))
                        .isEqualTo(
                                Reply.of(single.accept(request.getBytes(UTF_8))).line());
            }
        }
    }

    @Test
    void oneConnectionTooManyIsToldSoAndTheOthersGoOn() throws IOException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < SocketDoor.CONNECTIONS_MAX; i++) {
            callers.add(new Caller());
        }
        for (Caller caller : callers) {
            assertThat(caller.ask(Doors.VALID)).contains("\"position\":1");
        }
        try (Caller more = new Caller()) {
            assertThat(more.answers.readLine()).contains("\"code\":\"OVERLOADED\"");
            assertThat(more.answers.readLine()).isNull();
        }
        callers.get(0).close();
        while (door.connections() >= SocketDoor.CONNECTIONS_MAX) {
            Thread.onSpinWait();
        }
        try (Caller next = new Caller()) {
            assertThat(next.ask(Doors.VALID)).contains("\"duplicate\":true");
        }
        for (Caller caller : callers) {
            caller.close();
        }
    }

    @Test
    void aSocketLeftByADeadServerIsReplaced() throws IOException {
        Path folder = data.resolve("left");
        Files.createDirectory(folder);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(folder.resolve("ingest.sock")));
        }

        try (SocketDoor again = SocketDoor.open(folder, Doors.inlet())) {
            assertThat(again.path()).exists();
        }
        assertThat(folder.resolve("ingest.sock")).doesNotExist();
    }

    private final class Caller implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(door.path()));
        private final BufferedReader answers = new BufferedReader(Channels.newReader(channel, UTF_8));

        private Caller() throws IOException {}

        private String ask(String request) throws IOException {
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(UTF_8)));
            return answers.readLine();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
