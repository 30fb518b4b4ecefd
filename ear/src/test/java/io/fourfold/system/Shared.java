package io.fourfold.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Material that lies beside the project; a test that needs it is skipped where it is absent. */
final class Shared {

    private Shared() {}

    static Path file(String path) {
        Path file = Cli.HOME.resolve("../shared").resolve(path).normalize();
        Assumptions.assumeTrue(Files.exists(file), "there is no " + file);
        return file;
    }
}
