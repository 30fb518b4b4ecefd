package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A package in a folder of this machine. Symbolic links are not followed, and {@code .git} is left out. */
final class PackageFolder {

    private static final String GIT = ".git";

    private final Path folder;

    PackageFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder a source names; empty for what only the server can get. */
    static Optional<PackageFolder> find(String source) {
        Path path = Path.of(source.startsWith("file:") ? "/dev/null" : source);
        if (Files.isDirectory(path)) {
            return Optional.of(new PackageFolder(path));
        }
        if (source.matches("[./~\\\\].*") || Files.exists(path) && !source.startsWith("file:")) {
            throw new Exit(Exit.USAGE, "Expected the folder of a package, but " + source + " is none");
        }
        return Optional.empty();
    }

    /** Absolute, so that it is found again. */
    String name() {
        try {
            return folder.toRealPath().toString();
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "Cannot read " + folder + ": " + broken);
        }
    }

    /** All files by their path, as base64. */
    ObjectNode read() {
        ObjectNode files = ApiClient.JSON.createObjectNode();
        long total = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !folder.relativize(path).startsWith(GIT))
                    .limit(WorkflowFile.FILES_MAX + 1L)
                    .toList();
            for (Path path : found) {
                total += Files.size(path);
                if (found.size() > WorkflowFile.FILES_MAX || total > WorkflowFile.PACKAGE_MAX_BYTES) {
                    throw new Exit(
                            Exit.USAGE,
                            "Expected at most " + WorkflowFile.FILES_MAX + " files of together "
                                    + WorkflowFile.PACKAGE_MAX_BYTES + " bytes in " + folder + ", but there are more");
                }
                files.put(
                        folder.relativize(path).toString().replace('\\', '/'),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
            }
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "Cannot read " + folder + ": " + broken);
        }
        return files;
    }

    /** What the server exported, by path. */
    static Map<String, byte[]> files(JsonNode exported) {
        Map<String, byte[]> files = new TreeMap<>();
        exported.path("files")
                .properties()
                .forEach(file ->
                        files.put(file.getKey(), file.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        exported.path("encoded_files")
                .properties()
                .forEach(file -> files.put(
                        file.getKey(),
                        Base64.getDecoder().decode(file.getValue().asText())));
        return files;
    }

    /** Writes all of them, or none where one is there that says something else and {@code force} is not given. */
    List<Path> write(Map<String, byte[]> files, boolean force) {
        Map<Path, byte[]> targets = new TreeMap<>();
        files.forEach((name, bytes) -> {
            Path target = folder.resolve(name).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new Exit(Exit.FAILED, "Expected paths inside " + folder + ", but the server named " + name);
            }
            targets.put(target, bytes);
        });
        try {
            for (Map.Entry<Path, byte[]> target : targets.entrySet()) {
                boolean other = Files.exists(target.getKey())
                        && !Arrays.equals(Files.readAllBytes(target.getKey()), target.getValue());
                if (other && !force) {
                    throw new Exit(Exit.REFUSED, target.getKey() + " is there already and says something else");
                }
            }
            for (Map.Entry<Path, byte[]> target : targets.entrySet()) {
                Files.createDirectories(target.getKey().toAbsolutePath().getParent());
                Files.write(target.getKey(), target.getValue());
            }
        } catch (IOException broken) {
            throw new Exit(Exit.FAILED, "Cannot write to " + folder + ": " + broken);
        }
        return new ArrayList<>(targets.keySet());
    }
}
