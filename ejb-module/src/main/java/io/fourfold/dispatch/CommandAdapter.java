package io.fourfold.dispatch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of this machine, in an empty folder of its own, with nothing of the server's environment. Its brief is the
 * file named by {@code FOURFOLD_BRIEF}. Exit 0 is success, {@value #TEMPORARY} (EX_TEMPFAIL) may be tried again,
 * anything else is a failure with its last words. A last line that is a JSON object is its result.
 */
public final class CommandAdapter implements Adapter {

    static final int TEMPORARY = 75;

    private static final int LAST_BYTES_MAX = 8 * 1024;
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private final List<String> line;
    private final Path scratch;

    CommandAdapter(List<String> line, Path scratch) {
        this.line = List.copyOf(line);
        this.scratch = scratch;
    }

    @Override
    public String family() {
        return "command";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Report perform(Brief brief) throws InterruptedException {
        Path folder = scratch.resolve(brief.dispatchId());
        try {
            Files.createDirectories(folder);
            try {
                return run(brief, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException broken) {
            return Report.failed("Expected " + line.get(0) + " to run, but " + broken.getMessage());
        }
    }

    private Report run(Brief brief, Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("brief.json"), brief.json().toString());
        Path output = folder.resolve("output");
        Path work = Files.createDirectory(folder.resolve("work"));
        ProcessBuilder builder = new ProcessBuilder(apart())
                .directory(work.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", PATH, "HOME", work.toString(), "FOURFOLD_BRIEF", file.toString()));
        Process process = builder.start();
        try {
            if (!process.waitFor(brief.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return Report.failed(
                        "timeout: it did not end within " + brief.timeout().toSeconds() + " s");
            }
            return report(process.exitValue(), tail(output));
        } finally {
            kill(process);
        }
    }

    /** As the leader of a session of its own, so that nothing it starts is missed at its end. */
    private List<String> apart() {
        List<String> apart = new ArrayList<>(line);
        if (Files.isExecutable(SETSID)) {
            apart.add(0, SETSID.toString());
        }
        return apart;
    }

    /** All at once or the parent first: a shell whose child alone ends would go on with its next line. */
    private static void kill(Process process) throws IOException, InterruptedException {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (Files.isExecutable(SETSID)) {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    static Report report(int exit, String output) {
        if (exit == TEMPORARY) {
            return new Report.Transient("exit " + exit + ": " + output);
        }
        if (exit != 0) {
            return Report.failed("exit " + exit + ": " + output);
        }
        return new Report.Finished(Answer.of(output.substring(output.lastIndexOf('\n') + 1)));
    }

    /** The end of a file, without white space around it. */
    private static String tail(Path output) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(file.length(), LAST_BYTES_MAX)];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot clear " + folder, broken);
        }
    }
}
