package io.fourfold.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Refusal;
import io.fourfold.log.memory.MemoryLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the machine's real git. */
class SourcesTest {

    @TempDir
    Path folder;

    private Sources sources(boolean local) {
        GitSource git = new GitSource(folder.resolve("fetched"));
        EngineConfigs configs = new EngineConfigs(new MemoryLog(Clock.systemUTC()), new Expressions());
        return new Sources(git, new Registries(configs, git, () -> local, Clock.systemUTC()), () -> local);
    }

    private Sources.Result get(String source, String ref) {
        return sources(true).get(new Sources.Asked(source, ref, null, false));
    }

    private static Refusal refused(Sources.Result result) {
        return ((Sources.Result.Refused) result).refusal();
    }

    private static Sources.Result.Found found(Sources.Result result) {
        assertThat(result).isInstanceOf(Sources.Result.Found.class);
        return (Sources.Result.Found) result;
    }

    @Test
    void aBranchATagAndACommitOfARepositoryAreFetched() throws Exception {
        Path repository = folder.resolve("demo.git");
        Trees.commit(repository, "a.txt", "one");
        String first = Trees.git(repository, "rev-parse", "HEAD");
        Trees.git(repository, "-c", "user.name=t", "-c", "user.email=t@x.org", "tag", "-a", "v1", "-m", "v1");
        Trees.commit(repository, "a.txt", "two", "b/c.txt", "more");
        String url = "file://" + repository;

        Sources.Result.Found latest = found(get(url, null));
        assertThat(latest.tree().files()).containsOnlyKeys("a.txt", "b/c.txt");
        assertThat(latest.tree().text("a.txt")).contains("two");
        assertThat(latest.origin())
                .isEqualTo(new Origin("git", url, url, null, Trees.git(repository, "rev-parse", "HEAD")));
        assertThat(latest.name()).isEqualTo("demo");
        for (String ref : new String[] {"v1", first}) {
            Sources.Result.Found old = found(get(url, ref));
            assertThat(old.tree().text("a.txt")).contains("one");
            assertThat(old.origin().commit()).isEqualTo(first);
        }
        assertThat(found(get(url, "main")).tree().text("a.txt")).contains("two");
        try (var left = Files.list(folder.resolve("fetched"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("home");
        }
    }

    @Test
    void whatAServerLeftThatWentDownWhileItFetchedIsRemoved() throws Exception {
        Path fetched = folder.resolve("fetched");
        Path old = Files.createDirectories(fetched.resolve("fetch123/.git")).getParent();
        Path words = Files.createFile(fetched.resolve("git7.out"));
        Path home = Files.createDirectory(fetched.resolve("home"));
        Path fresh = Files.createDirectory(fetched.resolve("fetch456"));
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        for (Path path : List.of(old, words, home)) {
            Files.setLastModifiedTime(path, FileTime.from(now.minus(GitSource.LEFT_AFTER.plusSeconds(1))));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(now.minus(GitSource.LEFT_AFTER)));
        new GitSource(fetched).sweep(now);
        assertThat(fetched).isDirectoryNotContaining(path -> path.equals(old) || path.equals(words));
        assertThat(home).exists();
        assertThat(fresh).exists();
        new GitSource(folder.resolve("nowhere")).sweep(now);
    }

    @Test
    void aSymbolicLinkBringsNothingOfTheMachineIn() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the machine's own");
        Path repository = folder.resolve("demo");
        Files.createDirectories(repository);
        Files.createSymbolicLink(repository.resolve("link.txt"), secret);
        Trees.commit(repository, "a.txt", "one");

        PackageTree tree = found(get("file://" + repository, null)).tree();
        assertThat(tree.text("link.txt")).contains(secret.toString());
        assertThat(tree.text("link.txt").orElseThrow()).doesNotContain("own");
    }

    @Test
    void hooksOfARepositoryDoNotRun() throws Exception {
        Path repository = folder.resolve("demo");
        Trees.commit(repository, "a.txt", "one");
        Path hook = repository.resolve(".git/hooks/post-checkout");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();

        found(get("file://" + repository, null));
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void whatGitSaysIsInTheRefusal() {
        assertThat(refused(get("file://" + folder.resolve("nowhere"), null)).message())
                .startsWith("source: expected to fetch file://" + folder.resolve("nowhere") + ", but git says: ")
                .contains("nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@example.org/x",
                "git@example.org:x/y",
                "ext::sh -c touch",
                "git://example.org/x",
                "/etc",
                "--upload-pack=touch",
                "file://host/x",
                "https:///x",
                "a/b/c",
                "https://example.org/x y",
                "https://me@example.org/x",
                "https://me:secret@example.org/x"
            })
    void whatGitMustNotBeAskedForIsRefusedAndNoPasswordIsShown(String source) {
        assertThat(refused(get(source, null)).message())
                .startsWith("source: expected ")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "a b", "a..b", "a:b", ""})
    void whatIsNoRefIsRefused(String ref) {
        assertThat(refused(get("octo/demo", ref)).message()).startsWith("ref: expected ");
    }

    @Test
    void aLocalRepositoryIsNotReadForCallersFromElsewhere() throws Exception {
        Trees.commit(folder.resolve("demo"), "a.txt", "one");
        Sources.Asked asked = new Sources.Asked("file://" + folder.resolve("demo"), null, null, false);
        assertThat(refused(sources(false).get(asked)).message()).contains("expected no file://");
    }

    @Test
    void aNameThatNoRegistryHasIsRefused() {
        assertThat(refused(get("demo", null)).code()).isEqualTo(Refusal.Code.NOT_FOUND);
    }

    @Test
    void filesThatAreSentAreTakenAsTheyAre() {
        Sources.Result.Found found =
                found(sources(false).get(new Sources.Asked("/home/me/demo/", null, Map.of("a", new byte[1]), false)));
        assertThat(found.name()).isEqualTo("demo");
        assertThat(found.origin()).isEqualTo(Origin.folder("/home/me/demo/"));
        Sources.Result tooLarge = sources(false)
                .get(new Sources.Asked("x", null, Map.of("a", new byte[(int) PackageTree.BYTES_MAX + 1]), false));
        assertThat(refused(tooLarge).code()).isEqualTo(Refusal.Code.TOO_LARGE);
    }
}
