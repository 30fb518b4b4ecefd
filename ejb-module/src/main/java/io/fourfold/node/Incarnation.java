package io.fourfold.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One start of a server, in words that another start can check.
 *
 * @param home  of processes that see each other: a boot of a machine, and a room for processes within it; empty where
 *              that cannot be told
 * @param since tells it from an earlier start under the same number
 */
public record Incarnation(String home, long pid, long since) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path ROOM = Path.of("/proc/self/ns/pid");

    /** This process, started about then. */
    public static Incarnation here(long since) {
        return new Incarnation(room(), ProcessHandle.current().pid(), since);
    }

    private static String room() {
        try {
            return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(ROOM);
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return "";
        }
    }

    /** Whether another start is over for certain; of one on another machine nothing is known here. */
    public boolean knowsGone(String other) {
        return parse(other)
                .filter(it -> !home.isEmpty() && it.home().equals(home))
                .filter(it -> it.pid() == pid
                        ? it.since() != since
                        : ProcessHandle.of(it.pid())
                                .filter(ProcessHandle::isAlive)
                                .isEmpty())
                .isPresent();
    }

    private static Optional<Incarnation> parse(String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 3 && (parts[1] + parts[2]).matches("\\d+")
                ? Optional.of(new Incarnation(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return home + " " + pid + " " + since;
    }
}
