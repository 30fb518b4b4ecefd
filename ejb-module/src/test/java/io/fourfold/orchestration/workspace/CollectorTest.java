package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.orchestration.workspace.Collector.Found;
import io.fourfold.orchestration.workspace.Sandbox.Limits;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {

    @TempDir
    Path folder;

    @TempDir
    Path outside;

    private Place place;

    @BeforeEach
    void create() throws IOException {
        place = new PlaceFolders(folder).create("ws-1", null, Limits.DEFAULT);
        Files.writeString(outside.resolve("secret"), "secret");
    }

    @Test
    void filesComeWithTheirRelativeNamesInOrder() throws IOException {
        Inlay.write(place, "artifacts/output/z.txt", bytes("zz"));
        Inlay.write(place, "artifacts/output/a/b/c.txt", bytes("c"));
        assertThat(Collector.collect(place)).extracting(Found::name).containsExactly("a/b/c.txt", "z.txt");
        assertThat(Collector.collect(place)).extracting(Found::bytes).containsExactly(1L, 2L);
        try (var in = Collector.collect(place).getLast().open()) {
            assertThat(in).hasBinaryContent(bytes("zz"));
        }
    }

    @Test
    void linksToFilesAndFoldersAreLeftOutAndNamed() throws IOException {
        Files.createSymbolicLink(place.output().resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(place.output().resolve("folder"), outside);
        Collector.Harvest harvest = Collector.DEFAULT.harvest(place);
        assertThat(harvest.files()).isEmpty();
        assertThat(harvest.leftOut())
                .containsExactlyInAnyOrder("file is a link or no file", "folder is a link or no file");
    }

    @Test
    void anOutputFolderThatBecameALinkHoldsNothing() throws IOException {
        Files.delete(place.output());
        Files.createSymbolicLink(place.output(), outside);
        assertThat(Collector.collect(place)).isEmpty();
    }

    @Test
    void tooManyAndTooLargeFilesAreLeftOutAndToldOf() {
        for (int i = 0; i < 5; i++) {
            Inlay.write(place, "artifacts/output/" + i, bytes("x".repeat(i + 1)));
        }
        Collector.Harvest harvest = new Collector(3, 4).harvest(place);
        assertThat(harvest.files()).extracting(Found::name).containsExactly("0", "1", "2");
        assertThat(harvest.leftOut())
                .containsExactlyInAnyOrder(
                        "Expected at most 4 bytes, but 4 has 5", "Expected at most 3 files, but there were more");
    }

    @Test
    void nothingIsPutOutsideOfAPlaceOrThroughALink() throws IOException {
        assertThatThrownBy(() -> Inlay.write(place, "../x", bytes("x"))).isInstanceOf(SandboxFailure.class);
        Files.createSymbolicLink(place.root().resolve("out"), outside);
        assertThatThrownBy(() -> Inlay.write(place, "out/x", bytes("x"))).isInstanceOf(SandboxFailure.class);
        Files.createSymbolicLink(place.root().resolve("secret"), outside.resolve("secret"));
        Inlay.write(place, "secret", bytes("replaced"));
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(outside.resolve("x")).doesNotExist();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
