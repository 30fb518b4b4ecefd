package io.fourfold.cli;

import io.fourfold.cli.server.Doctor;
import io.fourfold.cli.server.Down;
import io.fourfold.cli.server.Logs;
import io.fourfold.cli.server.Status;
import io.fourfold.cli.server.Up;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one command. Each subcommand is a class and a line in {@code subcommands}. */
@Command(
        name = "fourfold",
        mixinStandardHelpOptions = true,
        version = "fourfold 0.1.0",
        description = "Runs AI agents, bounded before they act and provable after.",
        subcommands = {Up.class, Down.class, Status.class, Logs.class, Doctor.class})
final class Fourfold {

    private Fourfold() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fourfold()).execute(arguments));
    }
}
