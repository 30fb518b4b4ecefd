package io.fourfold.cli.server;

import io.fourfold.cli.ServerFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}: which server on this machine is meant. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder. Default: FOURFOLD_DATA, else ~/.fourfold.")
    private Path given;

    Path folder() {
        return (given == null ? ServerFile.defaultData() : given)
                .toAbsolutePath()
                .normalize();
    }
}
