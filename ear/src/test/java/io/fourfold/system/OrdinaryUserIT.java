package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the other tests do as root, done by an account that may nothing. Where they do not run as root, they show it. */
class OrdinaryUserIT {

    private static final int UID = 65534;
    private static final List<String> AS_USER =
            List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--");

    private static Path home;
    private static Map<String, String> environment;
    private static int port;

    @BeforeAll
    static void copyWhatTheUserMayRead() throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(0),
                "these tests do not run as root, so all of them run as an ordinary user");
        assumeTrue(
                Stream.of("/usr/bin/setpriv", "/bin/setpriv").anyMatch(p -> Files.isExecutable(Path.of(p))),
                "there is no setpriv to become another user with");
        home = Files.createTempDirectory("fourfold-user-");
        for (String part : List.of("cli/target/fourfold-cli.jar", "cli/target/lib", "ear/target/server", "examples")) {
            copy(Cli.HOME.resolve(part), home.resolve(part));
        }
        own(home);
        port = ServerProcess.freePort();
        environment = Map.of("HOME", home.toString(), "FOURFOLD_URL", "http://127.0.0.1:" + port);
    }

    /** The server's last processes may still be leaving. */
    @AfterAll
    static void remove() {
        if (home != null) {
            Wait.until(() -> {
                sweep();
                return !Files.exists(home);
            });
        }
    }

    private static void sweep() {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException notYet) {
            throw new UncheckedIOException(notYet);
        }
    }

    @Test
    void anOrdinaryUserStartsRunsAndStops() throws IOException {
        Path data = home.resolve("data");
        Cli.Result up = cli("up", "--detach", "--port", String.valueOf(port), "--data", data.toString());
        assertThat(up.exit()).as(up.toString()).isZero();
        try {
            String hello = home.resolve("examples/hello/workflow.yaml").toString();
            Cli.Result ran = cli("run", hello, "--task", "Say hello", "--json");
            assertThat(ran.exit()).as(ran.toString()).isZero();
            assertThat(TestServer.parse(ran.out()).get("status").asText()).isEqualTo("completed");
            JsonNode server =
                    TestServer.JSON.readTree(data.resolve("server.json").toFile());
            for (String pid : List.of("pid", "database_pid")) {
                assertThat(Files.getAttribute(Path.of("/proc", server.get(pid).asText()), "unix:uid"))
                        .as(pid)
                        .isEqualTo(UID);
            }
            assertThat(Files.getPosixFilePermissions(data))
                    .doesNotContainAnyElementsOf(Set.of(
                            PosixFilePermission.GROUP_WRITE,
                            PosixFilePermission.OTHERS_WRITE,
                            PosixFilePermission.OTHERS_READ));
        } finally {
            Cli.Result down = cli("down", "--data", data.toString());
            assertThat(down.exit()).as(down.toString()).isZero();
        }
        assertThat(data.resolve("server.json")).doesNotExist();
    }

    private static Cli.Result cli(String... arguments) {
        return Cli.run(home, environment, AS_USER, arguments);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void own(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", UID);
                Files.setAttribute(path, "unix:gid", UID);
            }
        }
    }
}
