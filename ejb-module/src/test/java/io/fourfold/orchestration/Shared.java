package io.fourfold.orchestration;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files that lie beside the working tree, in a folder {@code shared}. */
public final class Shared {

    private Shared() {}

    /** The file or folder; skips the test when it is not there. */
    public static Path file(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at.getParent() != null; at = at.getParent()) {
            Path found = at.resolveSibling("shared").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        return Assumptions.abort("No folder `shared` with " + name + " beside any folder above this one");
    }
}
