package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Starts and deaths of the whole server. It has a server of its own, because it kills it. */
@TestInstance(Lifecycle.PER_CLASS)
final class LauncherIT {

    private ServerProcess server;

    @BeforeAll
    void start() throws Exception {
        server = ServerProcess.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        for (InetAddress address : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList()) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, server.port()), 1000))
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aSecondStartOnTheSameDataSaysWhereTheFirstOneIs() throws Exception {
        Process second =
                ServerProcess.launcher(ServerProcess.freePort(), server.data()).start();

        assertThat(said(second)).contains("already running at http://localhost:" + server.port());
        assertThat(second.waitFor()).isEqualTo(1);
    }

    @Test
    void aTakenPortIsOneSentenceWithTheHolder() throws Exception {
        Path other = server.data().resolveSibling("other");
        Process second = ServerProcess.launcher(server.port(), other).start();

        assertThat(said(second).lines())
                .containsExactly("Port " + server.port() + " is already in use by process "
                        + server.process().pid() + ": choose another one with --port.");
        assertThat(second.waitFor()).isEqualTo(1);
    }

    @Test
    void aKilledDatabaseIsStartedAgain() throws Exception {
        long killed = server.databasePid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        while (server.databasePid() == killed) {
            Thread.sleep(50);
        }
        while (server.get("/health/ready").statusCode() != 200) {
            Thread.sleep(50);
        }
        assertThat(ProcessHandle.of(server.databasePid())).isPresent();
    }

    @Test
    void aKilledServerStartsAgainOnTheDatabaseItLeftBehind() throws Exception {
        long database = server.databasePid();
        server.process().destroyForcibly().waitFor();

        server.startAgain();

        assertThat(server.databasePid()).isEqualTo(database);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aCleanStopEndsBothAndTakesTheStatusFileAway() throws Exception {
        long database = server.databasePid();
        assertThat(isRunning(database)).isTrue();
        server.close();

        assertThat(server.data().resolve("server.json")).doesNotExist();
        assertThat(isRunning(database)).isFalse();
        server.startAgain();
    }

    private static boolean isRunning(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
