package io.fourfold.packages;

import io.fourfold.log.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a package by their path in it, with {@code /} between names. */
public record PackageTree(SortedMap<String, byte[]> files) {

    public static final int FILES_MAX = 1_000;
    public static final long BYTES_MAX = 32L << 20;

    private static final String GIT = ".git";

    public PackageTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public static PackageTree of(Map<String, byte[]> files) {
        return new PackageTree(new TreeMap<>(files));
    }

    /** Why it is too much; empty when it is not. */
    public Optional<Refusal> refusal() {
        long bytes = files.values().stream().mapToLong(b -> b.length).sum();
        return files.size() > FILES_MAX || bytes > BYTES_MAX
                ? Optional.of(tooLarge(files.size() + " of " + bytes))
                : Optional.empty();
    }

    static Refusal tooLarge(String was) {
        return Refusal.of(
                Refusal.Code.TOO_LARGE,
                "files: expected at most " + FILES_MAX + " files of together " + BYTES_MAX + " bytes, but got " + was);
    }

    /**
     * Reads a folder without its {@value #GIT}. Of a symbolic link nothing is read.
     *
     * @throws IOException when it cannot be read, or is larger than a package may be
     */
    static PackageTree read(Path folder) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !folder.relativize(path).startsWith(GIT))
                    .limit(FILES_MAX + 1L)
                    .toList();
            for (Path path : found) {
                bytes += Files.size(path);
                if (found.size() > FILES_MAX || bytes > BYTES_MAX) {
                    throw new IOException(tooLarge("more").message());
                }
                files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return new PackageTree(files);
    }

    Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    Optional<String> text(String path) {
        return file(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The names of the folders in a folder. */
    List<String> folders(String parent) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(parent + "/") && path.indexOf('/', parent.length() + 1) > 0)
                .map(path -> path.substring(parent.length() + 1, path.indexOf('/', parent.length() + 1)))
                .distinct()
                .toList();
    }

    /** The files below a folder, by their path in it. */
    Map<String, byte[]> below(String folder) {
        Map<String, byte[]> below = new TreeMap<>();
        files.forEach((path, bytes) -> {
            if (path.startsWith(folder)) {
                below.put(path.substring(folder.length()), bytes);
            }
        });
        return below;
    }
}
