package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How a process is shut in: by bubblewrap's namespaces, or not at all. */
enum Seal {
    BUBBLEWRAP {
        @Override
        String path(Path files) {
            return INSIDE;
        }

        @Override
        List<String> command(Place place, String folder, List<String> argv, List<Path> readable) {
            List<String> command = new ArrayList<>(List.of("bwrap", "--die-with-parent", "--cap-drop", "ALL"));
            command.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
            if (!place.limits().network()) {
                command.add("--unshare-net");
            }
            for (String path : SYSTEM) {
                command.addAll(List.of("--ro-bind-try", path, path));
            }
            command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
            for (Path path : readable) {
                command.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
            command.addAll(List.of("--bind", place.root().toString(), INSIDE, "--remount-ro", "/"));
            command.addAll(
                    List.of("--chdir", Path.of(INSIDE, folder).normalize().toString(), "--"));
            command.addAll(argv);
            return command;
        }

        @Override
        Optional<String> warning() {
            return Optional.of(
                    "Agents run as processes of this machine, shut in by bubblewrap: they see no other files, but "
                            + "memory and CPU are not limited, and an agent with a model shares this machine's "
                            + "network, this server included. Use Docker where others use this server.");
        }
    },
    NONE {
        @Override
        String path(Path files) {
            return files.toString();
        }

        @Override
        List<String> command(Place place, String folder, List<String> argv, List<Path> readable) {
            return argv;
        }

        @Override
        Optional<String> warning() {
            return Optional.of(
                    "Agents run as plain processes of this machine with your rights: they are not shut in at "
                            + "all. Install bubblewrap or Docker.");
        }
    };

    static final String INSIDE = "/workspace";

    /** What a program needs of the system, and no more: no home folders, no data of services. */
    private static final List<String> SYSTEM = List.of(
            "/usr",
            "/bin",
            "/sbin",
            "/lib",
            "/lib32",
            "/lib64",
            "/opt",
            "/etc/alternatives",
            "/etc/ca-certificates",
            "/etc/ssl",
            "/etc/pki",
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/hosts",
            "/etc/nsswitch.conf",
            "/etc/resolv.conf",
            "/etc/passwd",
            "/etc/group",
            "/etc/localtime");

    private static final int PROBE_SECONDS = 5;

    /** What bubblewrap can do here, found out by running it: many containers forbid it. */
    static Seal probe() {
        try {
            Process process = new ProcessBuilder(
                            "bwrap",
                            "--unshare-pid",
                            "--unshare-net",
                            "--cap-drop",
                            "ALL",
                            "--ro-bind",
                            "/",
                            "/",
                            "--proc",
                            "/proc",
                            "--dev",
                            "/dev",
                            "--tmpfs",
                            "/tmp",
                            "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0 ? BUBBLEWRAP : NONE;
        } catch (IOException notInstalled) {
            return NONE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    /** Where an agent finds the files of its place. */
    abstract String path(Path files);

    /** The command that runs {@code argv} in a folder of the place. */
    abstract List<String> command(Place place, String folder, List<String> argv, List<Path> readable);

    abstract Optional<String> warning();
}
