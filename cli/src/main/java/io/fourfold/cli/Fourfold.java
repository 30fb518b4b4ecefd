package io.fourfold.cli;

import io.fourfold.cli.server.Backup;
import io.fourfold.cli.server.Doctor;
import io.fourfold.cli.server.Down;
import io.fourfold.cli.server.Logs;
import io.fourfold.cli.server.RestoreCommand;
import io.fourfold.cli.server.Status;
import io.fourfold.cli.server.Up;
import io.fourfold.cli.work.Artifacts;
import io.fourfold.cli.work.Audit;
import io.fourfold.cli.work.Config;
import io.fourfold.cli.work.DecisionCommands;
import io.fourfold.cli.work.Dispatches;
import io.fourfold.cli.work.Executions;
import io.fourfold.cli.work.Expr;
import io.fourfold.cli.work.FleetCommand;
import io.fourfold.cli.work.InsightsCommand;
import io.fourfold.cli.work.Intend;
import io.fourfold.cli.work.Namespaces;
import io.fourfold.cli.work.Projections;
import io.fourfold.cli.work.Records;
import io.fourfold.cli.work.Run;
import io.fourfold.cli.work.Sessions;
import io.fourfold.cli.work.Threads;
import io.fourfold.cli.work.Tokens;
import io.fourfold.cli.work.Triggers;
import io.fourfold.cli.work.Watch;
import io.fourfold.cli.work.Workflows;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one command. Each subcommand is a class and a line in {@code subcommands}. */
@Command(
        name = "fourfold",
        mixinStandardHelpOptions = true,
        version = "fourfold 0.1.0",
        description = "Runs AI agents, bounded before they act and provable after.",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Logs.class,
            Doctor.class,
            Backup.class,
            RestoreCommand.class,
            Config.class,
            Run.class,
            Watch.class,
            Workflows.class,
            Executions.class,
            Sessions.class,
            Artifacts.class,
            Intend.class,
            Records.class,
            Dispatches.class,
            Triggers.class,
            DecisionCommands.class,
            Threads.class,
            Audit.class,
            Expr.class,
            Namespaces.class,
            FleetCommand.class,
            InsightsCommand.class,
            Projections.class,
            Tokens.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:usage, or a workflow file with problems", "3:unreachable", "4:refused"})
final class Fourfold {

    private Fourfold() {}

    public static void main(String[] arguments) {
        // Some JDKs have another console, which is there even when nobody looks.
        System.setProperty("jdk.console", "java.base");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Fourfold()).setExecutionExceptionHandler(new Exits());
    }
}
