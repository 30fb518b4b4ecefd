package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what an agent left as its output. Links are not followed, neither to files nor to folders, so that nothing
 * outside the place is taken for the agent's. To be used when the agent no longer runs.
 *
 * @param filesMax most files
 * @param bytesMax most bytes of each
 */
public record Collector(int filesMax, long bytesMax) {

    public static final Collector DEFAULT = new Collector(1_000, 1L << 30);

    private static final int LOOKED_AT_FACTOR = 10;

    /** A file; its name is relative to {@code artifacts/output}, with {@code /} between folders. */
    public record Found(String name, Path file, long bytes) {
        public InputStream open() throws IOException {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** What was found, ascending by name, and in words what was left out and why. */
    public record Harvest(List<Found> files, List<String> leftOut) {}

    /** The files within the usual limits. */
    public static List<Found> collect(Place place) {
        return DEFAULT.harvest(place).files();
    }

    /** @throws SandboxFailure when the files cannot be read */
    public Harvest harvest(Place place) {
        Walk walk = new Walk(place.output());
        boolean real = Files.isDirectory(place.output(), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(place.output().getParent(), LinkOption.NOFOLLOW_LINKS);
        try {
            if (real) {
                Files.walkFileTree(place.output(), walk);
            }
        } catch (IOException broken) {
            throw new SandboxFailure("The output of workspace " + place.id() + " cannot be read", broken);
        }
        List<Found> files = walk.files.stream()
                .sorted(Comparator.comparing(Found::name))
                .limit(filesMax)
                .toList();
        if (walk.files.size() > filesMax) {
            walk.leftOut.add("Expected at most " + filesMax + " files, but there were more");
        }
        return new Harvest(files, List.copyOf(walk.leftOut));
    }

    private final class Walk extends SimpleFileVisitor<Path> {

        private final Path output;
        private final List<Found> files = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        Walk(Path output) {
            this.output = output;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = output.relativize(file).toString();
            if (!attributes.isRegularFile()) {
                leftOut.add(name + " is a link or no file");
            } else if (attributes.size() > bytesMax) {
                leftOut.add("Expected at most " + bytesMax + " bytes, but " + name + " has " + attributes.size());
            } else {
                files.add(new Found(name, file, attributes.size()));
            }
            boolean enough = files.size() + leftOut.size() >= filesMax * LOOKED_AT_FACTOR;
            return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        /** A folder that the server may not open is left out, not fatal. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException broken) {
            leftOut.add(output.relativize(file) + " cannot be read");
            return FileVisitResult.CONTINUE;
        }
    }
}
