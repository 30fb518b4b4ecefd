package io.fourfold.orchestration.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of this machine as {@code /proc} shows them, and signals to them. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    /** A process; {@code startTicks} tells it from a later one with the same number. */
    record Entry(long pid, char state, long parent, long session, long startTicks) {}

    private ProcessTable() {}

    static Optional<Entry> find(long pid) {
        return read(PROC.resolve(Long.toString(pid)));
    }

    /** The processes of a leader's session, those that carry the mark in their environment, and all descendants. */
    static List<Entry> family(long leader, String mark) {
        List<Entry> all = all();
        byte[] marked = mark.getBytes(StandardCharsets.UTF_8);
        Set<Long> family = new HashSet<>();
        for (Entry entry : all) {
            if (entry.session() == leader || entry.pid() == leader || carries(entry.pid(), marked)) {
                family.add(entry.pid());
            }
        }
        boolean grew = !family.isEmpty();
        while (grew) {
            grew = false;
            for (Entry entry : all) {
                grew |= family.contains(entry.parent()) && family.add(entry.pid());
            }
        }
        return all.stream()
                .filter(entry -> family.contains(entry.pid()) && entry.state() != 'Z')
                .toList();
    }

    /** Sends a signal by name; processes that are gone are passed over. */
    static void signal(String name, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "for p; do kill -s " + name + " $p; done", "sh"));
        pids.forEach(pid -> command.add(pid.toString()));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Entry> all() {
        try (Stream<Path> folders = Files.list(PROC)) {
            return folders.filter(folder ->
                            Character.isDigit(folder.getFileName().toString().charAt(0)))
                    .flatMap(folder -> read(folder).stream())
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Fields as in proc(5), counted from the one behind the name, which may itself hold blanks and brackets. */
    private static Optional<Entry> read(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Entry(
                    Long.parseLong(folder.getFileName().toString()),
                    fields[0].charAt(0),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    Long.parseLong(fields[START_TIME])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static boolean carries(long pid, byte[] mark) {
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            return contains(environment, mark);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static boolean contains(byte[] environment, byte[] mark) {
        int from = 0;
        for (int i = 0; i <= environment.length; i++) {
            if (i == environment.length || environment[i] == 0) {
                if (Arrays.equals(environment, from, i, mark, 0, mark.length)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }
}
