package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.ProcessSandbox;
import io.fourfold.orchestration.workspace.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the repositories that an interrupted agent left, and what is said of the rest. */
@Tag("machine")
class SalvageTest {

    @TempDir
    Path folder;

    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
    private final List<String> left = new ArrayList<>();
    private Sandbox sandbox;
    private Sandbox.Place place;
    private Path repository;

    @BeforeEach
    void open() throws Exception {
        sandbox = ProcessSandbox.at(folder.resolve("places"), List.of());
        place = sandbox.create("ws-0123456789ab", Sandbox.Limits.DEFAULT);
        repository = repository("octo__hello");
    }

    @AfterEach
    void close() {
        sandbox.destroy(place);
        alarms.shutdownNow();
    }

    /** With one commit that its origin has. */
    private Path repository(String name) throws Exception {
        Path origin = Files.createDirectories(folder.resolve("origins").resolve(name));
        git(origin, "init", "--quiet", "--initial-branch=main");
        commit(origin, "first.txt");
        Path clone = place.root().resolve("repos").resolve(name);
        git(folder, "clone", "--quiet", origin.toString(), clone.toString());
        return clone;
    }

    private static void commit(Path repository, String file) throws Exception {
        Files.writeString(repository.resolve(file), file);
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", file);
    }

    private static String git(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("git", "-C", where.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void keep() throws InterruptedException {
        new Salvage(sandbox, alarms).keep(place, left::add);
    }

    /** The files in the bundle. */
    private List<String> kept(String name) throws Exception {
        Path bundle = place.output().resolve("unpushed-" + name + ".bundle");
        Path origin = folder.resolve("origins").resolve(name);
        git(origin, "fetch", "--quiet", bundle.toString(), "HEAD:kept");
        return git(origin, "ls-tree", "--name-only", "kept").lines().toList();
    }

    private static void breakIndex(Path repository) throws IOException {
        Files.writeString(repository.resolve(".git/index"), "no index");
    }

    @Test
    void nothingIsKeptAndNothingIsSaidWhereAllIsPushed() throws Exception {
        keep();
        assertThat(left).isEmpty();
        assertThat(place.output()).isEmptyDirectory();
    }

    @Test
    void commitsAndWhatIsNotCommittedAreKept() throws Exception {
        commit(repository, "second.txt");
        Files.writeString(repository.resolve("third.txt"), "3");
        keep();
        assertThat(left).isEmpty();
        assertThat(kept("octo__hello")).containsExactly("first.txt", "second.txt", "third.txt");
    }

    @Test
    void aLockThatTheAgentLeftKeepsNothingBack() throws Exception {
        Files.writeString(repository.resolve("second.txt"), "2");
        Files.createFile(repository.resolve(".git/index.lock"));
        keep();
        assertThat(left).isEmpty();
        assertThat(kept("octo__hello")).containsExactly("first.txt", "second.txt");
    }

    @Test
    void whatCannotBeCommittedIsSaidAndTheCommitsAreKept() throws Exception {
        commit(repository, "second.txt");
        Files.writeString(repository.resolve("third.txt"), "3");
        breakIndex(repository);
        keep();
        assertThat(left)
                .isNotEmpty()
                .allMatch(why -> why.startsWith("Unpushed work was not kept: "))
                .anyMatch(why -> why.contains("octo__hello: ") && why.contains("index"));
        assertThat(kept("octo__hello")).containsExactly("first.txt", "second.txt");
    }

    @Test
    void oneRepositoryThatIsBrokenHoldsUpNoOther() throws Exception {
        repository("octo__other");
        Files.writeString(place.root().resolve("repos/octo__other/mine.txt"), "1");
        git(folder, "init", "--quiet", place.root().resolve("repos/octo__empty").toString());
        Files.writeString(repository.resolve(".git/HEAD"), "nowhere");
        keep();
        assertThat(left).isNotEmpty().allMatch(why -> why.contains("of octo__hello: "));
        assertThat(kept("octo__other")).containsExactly("first.txt", "mine.txt");
    }
}
