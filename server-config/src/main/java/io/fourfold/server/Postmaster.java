package io.fourfold.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code postmaster.pid} in a data folder says about the PostgreSQL that runs on it. */
record Postmaster(long pid, int port, boolean ready) {

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Path file(Path dataFolder) {
        return dataFolder.resolve("postmaster.pid");
    }

    /** Empty when there is none, or when its process is gone or is something else by now. */
    static Optional<Postmaster> on(Path dataFolder) {
        try {
            List<String> lines = Files.readAllLines(file(dataFolder));
            long pid = Long.parseLong(lines.get(PID_LINE).strip());
            if (!isAlive(pid)) {
                return Optional.empty();
            }
            boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
            int port = lines.size() > PORT_LINE
                    ? Integer.parseInt(lines.get(PORT_LINE).strip())
                    : 0;
            return Optional.of(new Postmaster(pid, port, ready));
        } catch (IOException | RuntimeException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** A killed process that nobody has waited for is dead, although its pid still answers. */
    static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int end = stat.lastIndexOf(')');
            return stat.substring(0, end).endsWith("(postgres") && stat.charAt(end + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
