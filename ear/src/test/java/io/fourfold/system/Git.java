package io.fourfold.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository to work on. */
final class Git {

    private Git() {}

    static void repository(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("README.md"), "# A repository\n");
        in(folder, "init", "--quiet", "--initial-branch", "main");
        in(folder, "add", ".");
        in(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "one");
    }

    static String in(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + out);
        }
        return out;
    }
}
