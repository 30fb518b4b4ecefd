package io.fourfold.cli.server;

import io.fourfold.cli.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What {@code doctor} looks at, in order. A new check is one method and one line in {@link #IN_ORDER}. */
final class Checks {

    private static final int JDK_MIN = 21;
    private static final long FREE_MEGABYTES_MIN = 200;
    private static final long FREE_MEGABYTES_LOW = 2000;
    private static final int PROGRAM_SECONDS = 10;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final String IMAGE = "fourfold/workspace";

    static final List<Function<Path, Check>> IN_ORDER = List.of(
            data -> jdk(),
            Checks::disk,
            Checks::server,
            Checks::database,
            data -> docker(),
            data -> workspaceImage(),
            data -> git(),
            data -> claude());

    private Checks() {}

    static Check jdk() {
        String version = Runtime.version().toString();
        return Runtime.version().feature() >= JDK_MIN
                ? Check.ok("jdk", version)
                : Check.fail("jdk", version, "Install a JDK " + JDK_MIN + " or newer.");
    }

    static Check disk(Path data) {
        try {
            Path existing = data;
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            long free = Files.getFileStore(existing).getUsableSpace() >> 20;
            String detail = free + " MB free at " + existing;
            if (free < FREE_MEGABYTES_MIN) {
                return Check.fail("disk", detail, "Make room, or choose another folder with --data.");
            }
            return free < FREE_MEGABYTES_LOW
                    ? Check.warn("disk", detail, "Workspaces and images need more than that: make room.")
                    : Check.ok("disk", detail);
        } catch (IOException broken) {
            return Check.fail("disk", broken.toString(), "Choose another folder with --data.");
        }
    }

    static Check server(Path data) {
        Optional<RunningServer> running = RunningServer.on(data);
        if (running.isEmpty()) {
            return Check.warn("server", "not running on " + data, "Start it: fourfold up");
        }
        URI url = running.get().file().url();
        Optional<HttpResponse<String>> answer = get(url.resolve("/health/ready"));
        if (answer.isEmpty()) {
            return Check.fail("server", "no answer from " + url, "Read fourfold logs, then fourfold down and up.");
        }
        return answer.get().statusCode() == 200
                ? Check.ok("server", "ready at " + url)
                : Check.fail("server", "not ready: " + answer.get().body(), "Read fourfold logs.");
    }

    static Check database(Path data) {
        Optional<RunningServer> running = RunningServer.on(data);
        if (running.isEmpty()) {
            return Check.warn("database", "not running, it starts with the server", "Start it: fourfold up");
        }
        Long pid = running.get().file().databasePid();
        if (pid == null) {
            return Check.ok("database", "given with --db; the server's readiness covers it");
        }
        return RunningServer.isAlive(pid)
                ? Check.ok("database", "embedded PostgreSQL, pid " + pid)
                : Check.fail("database", "embedded PostgreSQL, pid " + pid + ", is gone", "Read fourfold logs.");
    }

    static Check docker() {
        Optional<String> version = output("docker", "version", "--format", "{{.Server.Version}}");
        return version.isPresent()
                ? Check.ok("docker", "engine " + version.get())
                : Check.warn(
                        "docker",
                        "no engine answers",
                        "Start Docker for sealed workspaces. Without it agents run as plain processes, not isolated.");
    }

    static Check workspaceImage() {
        Optional<String> id = output("docker", "image", "inspect", "--format", "{{.Id}}", IMAGE);
        return id.isPresent()
                ? Check.ok("workspace image", IMAGE)
                : Check.warn("workspace image", IMAGE + " is not here", "It is built from server-config/workspace.");
    }

    static Check git() {
        Optional<String> version = output("git", "--version");
        return version.isPresent()
                ? Check.ok("git", version.get())
                : Check.fail("git", "not found", "Install git: workspaces are clones.");
    }

    static Check claude() {
        Optional<String> version = output("claude", "--version");
        return version.isPresent()
                ? Check.ok("claude", version.get())
                : Check.warn(
                        "claude",
                        "Claude Code is not on the PATH",
                        "For process workspaces: npm install -g @anthropic-ai/claude-code");
    }

    static Optional<HttpResponse<String>> get(URI address) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT);
            String token = System.getenv(Client.TOKEN_VARIABLE);
            if (token != null && !token.isBlank()) {
                request.header("Authorization", "Bearer " + token.strip());
            }
            return Optional.of(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes()).strip();
            return process.exitValue() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
