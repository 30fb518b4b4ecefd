package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * One Docker engine for all tests of a JVM: the one that answers, or one that is started here and stopped with its data
 * when the JVM ends. What an engine needs and this machine lacks, skips the test with that reason.
 */
public final class TestDocker {

    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 20;
    private static final int BUILD_MINUTES = 15;
    private static final int LOOK_MILLIS = 100;

    /** A small image with a shell; no agent in it. */
    public static final String SHELL_IMAGE = "fourfold-test/shell:latest";

    private TestDocker() {}

    public static DockerClient client() {
        return engine().client();
    }

    /** As in {@code DOCKER_HOST}; null for the default engine. */
    public static String host() {
        return engine().host();
    }

    /** Makes sure of {@link #SHELL_IMAGE}, out of the static busybox of this machine. */
    public static synchronized DockerClient withShellImage() {
        DockerClient docker = client();
        if (!Docker.has(docker, SHELL_IMAGE)) {
            Path busybox = Path.of("/bin/busybox");
            Assumptions.assumeTrue(
                    Files.isExecutable(busybox), "No /bin/busybox (package busybox-static) for an image");
            run(START_SECONDS, List.of("sh", "-ec", """
                    root=$(mktemp -d); mkdir -p $root/bin $root/etc $root/tmp $root/proc $root/dev $root/workspace
                    chmod 1777 $root/tmp; cp /bin/busybox $root/bin/; chroot $root /bin/busybox --install -s /bin
                    echo 'agent:x:1000:1000::/home/agent:/bin/sh' > $root/etc/passwd
                    tar -C $root -c . | docker import - "$1"; rm -r $root
                    """, "sh", SHELL_IMAGE));
        }
        return docker;
    }

    /** Makes sure of {@link DockerSettings#IMAGE}, the real one; it is built once and kept in the user's cache. */
    public static synchronized DockerClient withWorkspaceImage() {
        DockerClient docker = client();
        if (!Docker.has(docker, DockerSettings.IMAGE)) {
            Path script = repository().resolve("server-config/workspace/build-offline.sh");
            run(BUILD_MINUTES * 60, List.of(script.toString()));
        }
        return docker;
    }

    private static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("server-config"))) {
            at = at.getParent();
        }
        return at;
    }

    private static void run(int seconds, List<String> command) {
        try {
            Path said = Files.createTempFile("fourfold-docker-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            if (host() != null) {
                builder.environment().put("DOCKER_HOST", host());
            }
            Process process = builder.start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            String output = Files.readString(said);
            Files.delete(said);
            Assumptions.assumeTrue(ended && process.exitValue() == 0, "No image could be made: " + output);
        } catch (IOException broken) {
            Assumptions.abort("No image could be made: " + broken.getMessage());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private record Engine(DockerClient client, String host, String whyNot) {}

    private static Engine engine() {
        Engine engine = Shared.ENGINE;
        Assumptions.assumeTrue(engine.client() != null, engine.whyNot());
        return engine;
    }

    private static final class Shared {
        private static final Engine ENGINE = find();

        private static Engine find() {
            DockerClient standing = Docker.client(null);
            if (Docker.answers(standing)) {
                return new Engine(standing, null, "");
            }
            if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/sbin/dockerd"))) {
                return new Engine(
                        null, null, "No Docker engine answers, and none can be started: needs root and dockerd");
            }
            try {
                return start();
            } catch (IOException | InterruptedException broken) {
                return new Engine(null, null, "No Docker engine answers, and dockerd does not start: " + broken);
            }
        }

        private static Engine start() throws IOException, InterruptedException {
            Path folder = Files.createTempDirectory("ffd");
            Path log = folder.resolve("dockerd.log");
            String host = "unix://" + folder.resolve("docker.sock");
            // Without the default bridge, so that an engine beside this one keeps its own.
            Process daemon = new ProcessBuilder(
                            "/usr/sbin/dockerd",
                            "--data-root=" + folder.resolve("data"),
                            "--exec-root=" + folder.resolve("exec"),
                            "--pidfile=" + folder.resolve("pid"),
                            "--bridge=none",
                            "--host=" + host)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon, folder)));
            DockerClient client = Docker.client(host);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (daemon.isAlive() && System.nanoTime() < end) {
                if (Docker.answers(client)) {
                    return new Engine(client, host, "");
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return new Engine(null, null, "dockerd does not run here: " + Files.readString(log));
        }

        private static void end(Process daemon, Path folder) {
            daemon.destroy();
            try {
                if (!daemon.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
                new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
                        .start()
                        .waitFor();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
