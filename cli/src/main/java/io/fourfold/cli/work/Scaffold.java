package io.fourfold.cli.work;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files a new package begins with. */
final class Scaffold {

    private static final int NAME_MAX_CHARS = 80;

    private Scaffold() {}

    static Map<String, byte[]> files(Path folder, boolean multi) {
        String name = name(folder);
        Map<String, byte[]> files = new TreeMap<>();
        put(files, "fourfold.yaml", """
                name: %s
                version: 0.1.0
                description: What these workflows are for
                """.formatted(name));
        put(files, "phase-library/summary.md", """
                ---
                description: Sums up
                allowed-tools: Read, Write
                timeout-seconds: 300
                ---
                Read what the phases before you left in artifacts/input, and write a summary of it for somebody who has
                two minutes to artifacts/output/summary.md.
                """);
        if (multi) {
            put(
                    files,
                    "workflows/research/workflow.yaml",
                    workflow(name + "-research", "Find out what is known about"));
            put(files, "workflows/review/workflow.yaml", workflow(name + "-review", "Look for mistakes in"));
        } else {
            put(files, "workflow.yaml", workflow(name, "Find out what is known about"));
        }
        return files;
    }

    private static String workflow(String id, String doing) {
        return """
                id: %s
                name: %s
                phases:
                  - id: work
                    prompt: %s $ARGUMENTS. Write what you find to artifacts/output/findings.md.
                    output_artifacts: [findings.md]
                  - id: summary
                    prompt_file: shared://summary
                    input_artifacts: [work]
                    output_artifacts: [summary.md]
                """.formatted(id, id, doing);
    }

    private static void put(Map<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The folder's own name as a package may be called. */
    private static String name(Path folder) {
        String name = folder.toAbsolutePath()
                .normalize()
                .getFileName()
                .toString()
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "package" : name.substring(0, Math.min(name.length(), NAME_MAX_CHARS));
    }
}
