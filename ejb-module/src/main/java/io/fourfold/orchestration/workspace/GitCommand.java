package io.fourfold.orchestration.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The machine's git as the server runs it on repositories of others: no hooks, no prompts, no helpers that run
 * commands, and none of the account's own git configuration.
 */
public final class GitCommand {

    private GitCommand() {}

    /**
     * Its two outputs come as one.
     *
     * @param home     a folder of ours that git takes for its home
     * @param settings more of {@code name=value}
     */
    public static ProcessBuilder of(Path home, List<String> settings, List<String> arguments) throws IOException {
        prepare(home);
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never"));
        // Empty, not absent: else a program of the desktop would be asked for passwords.
        command.addAll(List.of("-c", "core.askPass="));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(Map.of("HOME", home.toString(), "GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C"));
        return builder;
    }

    /** A local repository may belong to someone else than the server; it is only read. */
    private static void prepare(Path home) throws IOException {
        Path config = home.resolve(".gitconfig");
        if (!Files.exists(config)) {
            Files.createDirectories(home);
            Files.writeString(config, "[safe]\n\tdirectory = *\n");
        }
    }
}
