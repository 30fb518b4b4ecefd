package io.fourfold.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program of this machine: where it really is, and what of the file system it needs beside the system's own folders.
 * That is the program alone, or for an npm package the folder of its scope; never the folder that a link to it lies in.
 */
record Located(String command, List<Path> readable) {

    static Located find(String command, String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(command))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Located::at)
                .orElse(new Located(command, List.of()));
    }

    private static Located at(Path found) {
        try {
            Path real = found.toRealPath();
            return new Located(real.toString(), List.of(scope(real).orElse(real)));
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot follow " + found, broken);
        }
    }

    private static Optional<Path> scope(Path real) {
        for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
            Path above = folder.getParent();
            if (Files.exists(folder.resolve("package.json")) && above != null) {
                boolean scoped = above.getFileName() != null
                        && above.getFileName().toString().startsWith("@");
                return Optional.of(scoped ? above : folder);
            }
        }
        return Optional.empty();
    }
}
