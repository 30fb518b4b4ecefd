package io.fourfold.dispatch;

import io.fourfold.orchestration.workspace.ProcessFamily;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of this machine, in an empty folder of its own, with nothing of the server's environment. Its brief is the
 * file named by {@code FOURFOLD_BRIEF}. Exit 0 is success, {@value #TEMPORARY} (EX_TEMPFAIL) may be tried again,
 * anything else is a failure with its last words, and so is more output than {@link #OUTPUT_BYTES_MAX}. A last line
 * that is a JSON object is its result. At its end all it started is ended with it.
 */
public final class CommandAdapter implements Adapter {

    static final int TEMPORARY = 75;

    /** What a command may write; looked at every {@value #LOOK_MILLIS} ms, so that a quick one may get beyond it. */
    static final int OUTPUT_BYTES_MAX = 64 << 20;

    private static final int LOOK_MILLIS = 100;
    private static final String BRIEF = "FOURFOLD_BRIEF";
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
        builder.environment().putAll(Map.of("PATH", PATH, "HOME", work.toString(), BRIEF, file.toString()));
        Process process = builder.start();
        try {
            return awaited(process, brief.timeout(), output);
        } finally {
            new ProcessFamily(process.pid(), BRIEF + "=" + file).kill();
        }
    }

    private static Report awaited(Process process, Duration timeout, Path output)
            throws IOException, InterruptedException {
        boolean ended = false;
        for (long left = timeout.toMillis(); !ended && left > 0; left -= LOOK_MILLIS) {
            ended = process.waitFor(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
            if (Files.size(output) > OUTPUT_BYTES_MAX) {
                return Report.failed("Expected at most " + OUTPUT_BYTES_MAX + " bytes of output, but it wrote more");
            }
        }
        return ended
                ? report(process.exitValue(), tail(output))
                : Report.failed("timeout: it did not end within " + timeout.toSeconds() + " s");
    }

    /** As the leader of a session of its own, so that nothing it starts is missed at its end. */
    private List<String> apart() {
        List<String> apart = new ArrayList<>(line);
        if (Files.isExecutable(SETSID)) {
            apart.add(0, SETSID.toString());
        }
        return apart;
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
