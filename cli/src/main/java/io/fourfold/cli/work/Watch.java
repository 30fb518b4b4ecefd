package io.fourfold.cli.work;

import io.fourfold.cli.Client;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follows an execution to its end. Exit code 0: completed; 1: it ended otherwise.")
public final class Watch implements Callable<Integer> {

    @Mixin
    private Client client;

    @Parameters(paramLabel = "ID", description = "An execution.")
    private String id;

    @Override
    public Integer call() throws InterruptedException {
        return new Following(client.api(), client.output(), client.json()).follow(id);
    }
}
