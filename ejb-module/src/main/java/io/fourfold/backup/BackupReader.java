package io.fourfold.backup;

import io.fourfold.artifact.ContentStore;
import io.fourfold.audit.RecordLines;
import io.fourfold.log.Entry;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.TelemetryLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a backup and checks every part of it: each id against its record, all ids against the root, content against
 * names.
 */
public final class BackupReader {

    private final Path folder;
    private final BackupManifest manifest;

    /** @throws IllegalArgumentException when the folder holds no complete backup */
    public BackupReader(Path folder) {
        this.folder = folder;
        try {
            this.manifest = BackupManifest.parse(Files.readString(folder.resolve("manifest.json")));
        } catch (IOException absent) {
            throw new IllegalArgumentException(
                    "Expected a complete backup in " + folder + ", but its manifest.json cannot be read", absent);
        }
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /**
     * Shows every record in order of position.
     *
     * @throws IllegalArgumentException naming the first line that is not what was backed up
     */
    public void records(Consumer<Entry> reader) {
        RecordLines records = new RecordLines();
        lines("records.ndjson", line -> reader.accept(records.next(line).entry()));
        records.end(manifest.head(), manifest.root());
    }

    public void telemetry(Consumer<Observation> reader) {
        lines("telemetry.ndjson", line -> reader.accept(TelemetryLines.parse(line)));
    }

    /** Tokens, as {@link io.fourfold.token.TokenLines} writes them; a backup may hold none. */
    public void tokens(Consumer<String> reader) {
        if (Files.exists(folder.resolve("tokens.ndjson"))) {
            lines("tokens.ndjson", reader);
        }
    }

    /** Copies what content there is; each file must hash to its name. */
    public void content(ContentStore store) {
        Path content = folder.resolve("content");
        if (!Files.isDirectory(content)) {
            return;
        }
        try (Stream<Path> files = Files.walk(content)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = content.relativize(file).toString().replace("/", "");
                try (InputStream in = Files.newInputStream(file)) {
                    String actual = store.put(in).sha256();
                    if (!actual.equals(name)) {
                        throw new IllegalArgumentException(
                                "content: expected " + file + " to hash to its name, but it hashes to " + actual);
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** So that tree heads to come are signed by the same key; only their owner may read them. */
    public void keys(Path to) {
        Path keys = folder.resolve("keys");
        if (!Files.isDirectory(keys)) {
            return;
        }
        try (Stream<Path> files = Files.list(keys)) {
            Files.createDirectories(
                    to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void lines(String name, Consumer<String> reader) {
        try (BufferedReader in = Files.newBufferedReader(folder.resolve(name))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reader.accept(line);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
