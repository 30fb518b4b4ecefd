package io.fourfold.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who PostgreSQL runs as: it refuses root. An ordinary user runs it directly; root hands it to {@code nobody}, or,
 * where that account cannot reach the folders, keeps it in a user namespace of its own.
 */
record PostgresAccount(List<String> prefix, int uid) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final int PROBE_SECONDS = 10;

    private static final List<List<String>> AS_NOBODY = List.of(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
            List.of("runuser", "-u", "nobody", "--"),
            List.of("su", "nobody", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--"));
    private static final List<String> NAMESPACE = List.of("unshare", "-U", "--");

    static PostgresAccount forFolders(Path... folders) {
        int self = self();
        if (self != ROOT) {
            return new PostgresAccount(List.of(), self);
        }
        Optional<Path> wall = Stream.of(folders).flatMap(PostgresAccount::wall).findFirst();
        if (wall.isEmpty()) {
            for (List<String> prefix : AS_NOBODY) {
                if (works(prefix)) {
                    return new PostgresAccount(prefix, NOBODY);
                }
            }
        }
        if (works(NAMESPACE)) {
            return new PostgresAccount(NAMESPACE, ROOT);
        }
        throw new PostgresFailure(wall.map(
                        folder -> "PostgreSQL does not run as root, and the account \"nobody\" cannot" + " enter "
                                + folder + ": allow it (chmod o+x " + folder + ") or choose another folder.")
                .orElse("PostgreSQL does not run as root, and none of setpriv, runuser, su, unshare works here."));
    }

    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Gives the folder and all in it to this account; nothing is touched when it has it already. */
    void own(Path folder) {
        if (self() != ROOT) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid"))) {
                    Files.setAttribute(path, "unix:uid", uid);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The first folder on the way that others may not enter. */
    private static Stream<Path> wall(Path folder) {
        Stream<Path> way = Stream.iterate(folder.toAbsolutePath().getParent(), path -> path != null, Path::getParent);
        return way.filter(Files::exists).filter(path -> !enterable(path));
    }

    private static boolean enterable(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException broken) {
            return false;
        }
    }

    private static boolean works(List<String> prefix) {
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        return Command.run(probe, PROBE_SECONDS).succeeded();
    }

    private static int self() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException withoutProc) {
            return "root".equals(System.getProperty("user.name")) ? ROOT : NOBODY;
        }
    }
}
