package io.fourfold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path home;

    @Test
    void aNewFolderIsMarkedAsOurs() throws IOException {
        try (DataFolder folder = DataFolder.open(home.resolve("new"), NOW)) {
            assertThat(folder.path().resolve("fourfold.json")).content().contains("\"format\": 1", NOW.toString());
        }
    }

    @Test
    void aFolderThatHoldsSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(home.resolve("thesis.tex"), "x");

        assertThatThrownBy(() -> DataFolder.open(home, NOW)).hasMessageContainingAll("holds something else", "--data");
        assertThat(home).isDirectoryNotContaining("glob:**.json");
    }

    @Test
    void aSecondServerIsToldWhereTheFirstOneIs() {
        try (DataFolder folder = DataFolder.open(home, NOW)) {
            new ServerStatus(ServerStatus.State.READY, 8484, 7, folder.path(), NOW).write();

            assertThatThrownBy(() -> DataFolder.open(home, NOW))
                    .hasMessageContaining("already running at http://localhost:8484, pid "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void aClosedFolderOpensAgainAndItsTemporaryFilesAreGone() throws IOException {
        try (DataFolder folder = DataFolder.open(home, NOW)) {
            Files.writeString(folder.temporary().resolve("left"), "x");
        }

        try (DataFolder folder = DataFolder.open(home, NOW)) {
            assertThat(folder.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void statusIsThereWhileRunningAndGoneAfterwards() {
        new ServerStatus(ServerStatus.State.STARTING, 8484, 0, home, NOW).write();

        assertThat(ServerStatus.file(home))
                .content()
                .contains("\"state\": \"starting\"", "\"database_pid\": null", "\"started_at\": \"" + NOW + "\"");
        ServerStatus.remove(home);
        assertThat(ServerStatus.file(home)).doesNotExist();
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> PortHolder.claim(taken.getLocalPort()))
                    .hasMessageContainingAll(
                            "Port " + taken.getLocalPort(),
                            "process " + ProcessHandle.current().pid(),
                            "--port");
        }
    }
}
