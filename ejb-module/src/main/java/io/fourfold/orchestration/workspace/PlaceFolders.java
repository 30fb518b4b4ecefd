package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.Limits;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of places under one root: {@code <id>/workspace} is the agent's, everything beside it is ours and the
 * agent does not reach it. No link that an agent made is ever followed.
 */
final class PlaceFolders {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final List<String> LAYOUT = List.of("artifacts/input", "artifacts/output", "repos");
    private static final String STDIN = "stdin";
    private static final int ROOT_USER = 0;
    private static final int AGENT_USER = 1000;

    private final Path root;

    PlaceFolders(Path root) {
        this.root = root.toAbsolutePath();
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException broken) {
            throw new SandboxFailure("The folder of workspaces cannot be made: " + root, broken);
        }
    }

    /** Makes the folders of a place; nothing is left when that fails. */
    Place create(String id, String path, Limits limits) {
        Path home = home(id);
        try {
            Files.createDirectory(home);
        } catch (IOException broken) {
            throw new SandboxFailure("Expected a new workspace, but cannot make " + home, broken);
        }
        Path files = files(id);
        try {
            for (String folder : LAYOUT) {
                Files.createDirectories(files.resolve(folder));
            }
        } catch (IOException broken) {
            remove(id);
            throw new SandboxFailure("The folders of workspace " + id + " cannot be made", broken);
        }
        return new Place(id, files, path, limits);
    }

    /** A place that was made before. */
    Optional<Place> find(String id, String path, Limits limits) {
        return exists(id) ? Optional.of(new Place(id, files(id), path, limits)) : Optional.empty();
    }

    /** Where the agent's own files lie. */
    Path files(String id) {
        return home(id).resolve("workspace");
    }

    /** Where our own files about a place lie. */
    Path home(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Expected a workspace id of A-Z a-z 0-9 _ -, but was " + id);
        }
        return root.resolve(id);
    }

    /** Whether a process can ever have been started in a place: what it reads is there before it is. */
    boolean wasUsed(String id) {
        return Files.exists(home(id).resolve(STDIN));
    }

    /** Keeps what a process shall read on standard input, outside of its reach, for that user alone. */
    Path stdin(Place place, String text, int user) {
        Path file = write(place.id(), STDIN, text == null ? "" : text);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            own(file, user);
        } catch (IOException broken) {
            throw new SandboxFailure("The input of workspace " + place.id() + " cannot be handed over", broken);
        }
        return file;
    }

    Path write(String id, String name, String text) {
        try {
            return Files.write(home(id).resolve(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot write " + name + " of workspace " + id, broken);
        }
    }

    /** What {@link #write} kept; empty when it did not. */
    Optional<String> read(String id, String name) {
        Path file = home(id).resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot read " + name + " of workspace " + id, broken);
        }
    }

    boolean exists(String id) {
        return Files.isDirectory(home(id), LinkOption.NOFOLLOW_LINKS);
    }

    List<String> ids() {
        try (Stream<Path> homes = Files.list(root)) {
            return homes.map(home -> home.getFileName().toString())
                    .filter(name -> ID.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The user who owns files in containers: 1000, or the server's own where it may not give files away. */
    int agentUser() {
        return ownUser() == ROOT_USER ? AGENT_USER : ownUser();
    }

    int ownUser() {
        try {
            return (Integer) Files.getAttribute(root, "unix:uid");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Gives a fresh place's files to the user of containers. */
    void giveAway(String id, int user) {
        try (Stream<Path> all = Files.walk(files(id))) {
            for (Path path : (Iterable<Path>) all::iterator) {
                own(path, user);
            }
        } catch (IOException broken) {
            throw new SandboxFailure("The files of workspace " + id + " cannot be given to user " + user, broken);
        }
    }

    /** What is ours already stays as it is: only root may give away. */
    private void own(Path path, int user) throws IOException {
        if (user != ownUser()) {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Removes a place in which only this server wrote, without a program of its own for it. */
    void removeOwn(String id) {
        if (!exists(id)) {
            return;
        }
        try (Stream<Path> all = Files.walk(home(id))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException broken) {
            remove(id);
        }
    }

    void remove(String id) {
        Path home = home(id);
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // These follow no links, and reach what lies deeper than a path is long. Folders that an agent closed are
        // opened.
        boolean gone = run("rm", "-rf", home) || reopened(home);
        if (!gone) {
            throw new SandboxFailure("Workspace " + id + " cannot be removed: " + home, null);
        }
    }

    private static boolean reopened(Path home) {
        run("chmod", "-R", "u+rwx", home);
        return run("rm", "-rf", home);
    }

    private static boolean run(Object... command) {
        try {
            return new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot run " + command[0], broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
