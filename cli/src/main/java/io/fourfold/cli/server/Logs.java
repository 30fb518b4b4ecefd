package io.fourfold.cli.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Shows the end of the server's log.")
public final class Logs implements Callable<Integer> {

    private static final int POLL_MILLIS = 300;

    @Option(names = "-n", paramLabel = "LINES", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path log = data.folder().resolve("logs").resolve("server.log");
        if (!Files.exists(log)) {
            spec.commandLine()
                    .getErr()
                    .println("There is no log yet at " + log + ": start the server with `fourfold up`.");
            return 1;
        }
        PrintWriter out = spec.commandLine().getOut();
        long end = Files.size(log);
        last(log, lines).forEach(out::println);
        out.flush();
        while (follow) {
            Thread.sleep(POLL_MILLIS);
            end = printFrom(log, end, out);
        }
        return 0;
    }

    /** What was added since it was so long; all of it when a new one was begun, nothing when there is none. */
    static Stream<String> since(Path log, long bytes) throws IOException {
        if (!Files.exists(log)) {
            return Stream.of();
        }
        byte[] all = Files.readAllBytes(log);
        int from = bytes > all.length ? 0 : (int) bytes;
        return new String(all, from, all.length - from, StandardCharsets.UTF_8).lines();
    }

    /** The server keeps its log below 5 MiB and rotates it, so reading it whole is fine. */
    static List<String> last(Path log, int lines) throws IOException {
        List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
    }

    private static long printFrom(Path log, long start, PrintWriter out) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = file.length() < start ? 0 : start;
            byte[] added = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(added);
            out.print(new String(added, StandardCharsets.UTF_8));
            out.flush();
            return from + added.length;
        }
    }
}
