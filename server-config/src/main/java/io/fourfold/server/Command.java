package io.fourfold.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program, with a limit on its time. Its output goes through a file: a daemon it leaves behind cannot
 * hold us.
 */
record Command(int exitCode, String output) {

    boolean succeeded() {
        return exitCode == 0;
    }

    static Command run(List<String> command, int timeoutSeconds) {
        try {
            Path output = Files.createTempFile("fourfold-", ".out");
            try {
                return run(command, timeoutSeconds, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException broken) {
            return new Command(127, broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Command(130, "interrupted: " + command.getFirst());
        }
    }

    private static Command run(List<String> command, int timeoutSeconds, Path output)
            throws IOException, InterruptedException {
        // The root folder: the account PostgreSQL runs as may not be allowed into ours.
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Command(124, "no end within " + timeoutSeconds + " s: " + String.join(" ", command));
        }
        return new Command(process.exitValue(), Files.readString(output).strip());
    }
}
