package io.fourfold.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what ended a command into its exit code, with the words on standard error. */
public final class Exits implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) throws Exception {
        if (thrown instanceof Refused refused) {
            return said(refused.exit(), command);
        }
        if (thrown instanceof Exit exit) {
            return said(exit, command);
        }
        throw thrown;
    }

    private static int said(Exit exit, CommandLine command) {
        exit.lines().forEach(line -> command.getErr().println(Output.clean(line)));
        command.getErr().flush();
        return exit.code();
    }
}
