package io.fourfold.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Packages as tests write them: a path, its text, the next path, its text. */
final class Trees {

    static final String MANIFEST = "name: demo\nversion: 1.0.0\n";

    private Trees() {}

    static PackageTree of(String... pathsAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return PackageTree.of(files);
    }

    static String workflow(String id, String command) {
        return "id: " + id + "\nphases:\n  - id: one\n    run: " + command + "\n";
    }

    /** A repository of git with these files in one commit. */
    static void commit(Path folder, String... pathsAndTexts) throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve(".git"))) {
            Files.createDirectories(folder);
            git(folder, "init", "--quiet", "--initial-branch", "main");
        }
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            Path file = folder.resolve(pathsAndTexts[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, pathsAndTexts[i + 1]);
        }
        git(folder, "add", "--all");
        git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "more");
    }

    static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + out);
        }
        return out;
    }
}
