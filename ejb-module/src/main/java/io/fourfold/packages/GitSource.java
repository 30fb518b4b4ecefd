package io.fourfold.packages;

import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workspace.GitCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches one commit of a repository with the machine's git, without its history, and reads its files. Submodules are
 * left out, symbolic links are not followed, and only the protocols that are asked for are spoken.
 */
public final class GitSource {

    static final int FETCH_TIMEOUT_SECONDS = 50;

    /** On disk, its packed objects included. */
    static final long FETCH_MAX_BYTES = 256L << 20;

    /** What has lain there for so long is nobody's: several times longer than all commands of a fetch may take. */
    static final Duration LEFT_AFTER = Duration.ofMinutes(15);

    private static final int MESSAGE_MAX_CHARS = 1_000;
    private static final int LOOK_MILLIS = 200;

    private static final String PLACE = "fetch";
    private static final String WORDS = "git";
    private static final System.Logger LOGGER = System.getLogger(GitSource.class.getName());

    private final Path folder;

    /** @param folder ours alone; what is fetched lies there for as long as it is read */
    public GitSource(Path folder) {
        this.folder = folder;
    }

    /** What came of it. */
    sealed interface Result {

        record Fetched(PackageTree tree, String commit) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    /** A command that did not do, in git's last words. */
    private static final class Failed extends IOException {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /** @param ref a branch, tag or whole commit; null for the default branch */
    Result fetch(String url, String ref) {
        try {
            Files.createDirectories(folder);
            Path place = Files.createTempDirectory(folder, PLACE);
            try {
                git(place, "init", "--quiet");
                git(place, "fetch", "--quiet", "--depth", "1", "--no-tags", "--", url, ref == null ? "HEAD" : ref);
                git(place, "checkout", "--quiet", "FETCH_HEAD");
                String commit = git(place, "rev-parse", "HEAD");
                return new Result.Fetched(PackageTree.read(place), commit);
            } finally {
                delete(place);
            }
        } catch (IOException broken) {
            return refused(url, broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return refused(url, "it was interrupted");
        }
    }

    /** Removes what a server left that went down while it fetched; what cannot be removed is tried again later. */
    public void sweep(Instant now) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime before = FileTime.from(now.minus(LEFT_AFTER));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.filter(GitSource::isTemporary).toList()) {
                sweep(path, before);
            }
        } catch (IOException | UncheckedIOException broken) {
            LOGGER.log(Level.WARNING, "What was left of fetched packages is not looked for", broken);
        }
    }

    private static void sweep(Path path, FileTime before) {
        try {
            if (Files.getLastModifiedTime(path).compareTo(before) < 0) {
                delete(path);
            }
        } catch (IOException | UncheckedIOException broken) {
            LOGGER.log(Level.WARNING, path + " was left of a fetched package and is not removed", broken);
        }
    }

    private static boolean isTemporary(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(PLACE) || name.startsWith(WORDS);
    }

    private static Result refused(String url, String why) {
        return new Result.Refused(
                Refusal.of(Refusal.Code.INVALID_INPUT, "source: expected to fetch " + url + ", but " + why));
    }

    private String git(Path place, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-C", place.toString()));
        all.addAll(List.of(arguments));
        ProcessBuilder builder = GitCommand.of(
                folder.resolve("home"),
                List.of(
                        "protocol.allow=never",
                        "protocol.https.allow=always",
                        "protocol.http.allow=always",
                        "protocol.file.allow=always",
                        "core.symlinks=false",
                        "init.defaultBranch=main",
                        "gc.auto=0"),
                all);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Path out = Files.createTempFile(folder, WORDS, ".out");
        try {
            Process process = builder.redirectOutput(out.toFile()).start();
            process.getOutputStream().close();
            String why = end(process, place);
            String text = Files.readString(out, StandardCharsets.UTF_8).strip();
            if (why != null || process.exitValue() != 0) {
                String words = why != null ? why : text.isEmpty() ? "git failed" : "git says: " + text;
                throw new Failed(words.substring(0, Math.min(words.length(), MESSAGE_MAX_CHARS)));
            }
            return text;
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** Null when it ended by itself, within its limits. */
    private static String end(Process process, Path place) throws InterruptedException {
        try {
            for (long waited = 0; waited < FETCH_TIMEOUT_SECONDS * 1_000L; waited += LOOK_MILLIS) {
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return null;
                }
                if (bytes(place) > FETCH_MAX_BYTES) {
                    return "it has more than " + FETCH_MAX_BYTES + " bytes";
                }
            }
            return "it took longer than " + FETCH_TIMEOUT_SECONDS + " s";
        } finally {
            List<ProcessHandle> family = process.descendants().toList();
            process.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
    }

    /** Files come and go while git works: what is gone counts for nothing. */
    private static long bytes(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0;
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
