package io.fourfold.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a user runs it: a process with arguments, two streams and an exit code. */
final class Cli {

    private static final int TIMEOUT_SECONDS = 240;

    /** The project's folder. */
    static final Path HOME =
            Path.of(System.getProperty("fourfold.home")).toAbsolutePath().normalize();

    private Cli() {}

    record Result(int exit, String out, String err) {}

    static Result run(Map<String, String> environment, List<String> before, String... arguments) {
        return run(HOME, environment, before, arguments);
    }

    /** The command line of a project's folder elsewhere. */
    static Result run(Path home, Map<String, String> environment, List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfourfold.home=" + home,
                "-jar",
                home.resolve("cli/target/fourfold-cli.jar").toString()));
        command.addAll(List.of(arguments));
        try {
            File out = Files.createTempFile("cli", ".out").toFile();
            File err = Files.createTempFile("cli", ".err").toFile();
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out).redirectError(err);
            builder.environment().keySet().removeIf(name -> name.startsWith("FOURFOLD_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Expected an end within " + TIMEOUT_SECONDS + " s of " + command + "\n"
                        + Files.readString(err.toPath()));
            }
            Result result = new Result(process.exitValue(), text(out), text(err));
            Files.delete(out.toPath());
            Files.delete(err.toPath());
            return result;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String text(File file) throws IOException {
        return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
    }
}
