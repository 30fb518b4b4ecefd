package io.fourfold.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
class ContentStoreTest {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private ContentStore store;

    @BeforeEach
    void open() {
        store = new ContentStore(folder.resolve("content"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void contentIsFoundByItsHash() {
        assertThat(store.put("hello")).isEqualTo(new ContentStore.Stored(HELLO, 5));
        assertThat(store.read(HELLO))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo("hello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatWasNeverStoredIsNotThere() {
        assertThat(store.read(HELLO)).isEmpty();
        assertThat(store.open(HELLO)).isEmpty();
    }

    @Test
    void theSameContentIsKeptOnceAlsoWhenManyStoreItAtOnce() throws Exception {
        byte[] bytes = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<ContentStore.Stored>> tasks = IntStream.range(0, 16)
                    .mapToObj(i -> (Callable<ContentStore.Stored>) () -> store.put(bytes))
                    .toList();
            for (Future<ContentStore.Stored> stored : threads.invokeAll(tasks)) {
                assertThat(store.read(stored.get().sha256())).get().isEqualTo(bytes);
            }
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void bytesThatWereChangedOnDiskAreNotHandedOut() throws IOException {
        store.put("hello");
        Files.writeString(files().getFirst(), "hallo");
        assertThatThrownBy(() -> store.read(HELLO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(HELLO);
    }

    @Test
    void anUnfinishedStreamLeavesNothing() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("gone");
                }
                return 'x';
            }
        };
        assertThatThrownBy(() -> store.put(broken)).isInstanceOf(UncheckedIOException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        ContentStore small = new ContentStore(folder.resolve("content"), 1_000);
        assertThat(small.put("x".repeat(1_000)).sizeBytes()).isEqualTo(1_000);
        assertThatThrownBy(() -> small.put("x".repeat(1_001)))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("Expected at most 1000 bytes");
        assertThat(files()).hasSize(1);
    }

    @Test
    void aNameThatIsNoHashIsNotTakenForAPath() {
        assertThatThrownBy(() -> store.open("../" + "a".repeat(61))).isInstanceOf(IllegalArgumentException.class);
    }
}
