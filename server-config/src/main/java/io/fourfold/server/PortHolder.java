package io.fourfold.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether a loopback port is free and, as far as this account may see, who holds it. */
final class PortHolder {

    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** The port itself, or a free one for 0. */
    static int claim(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket.getLocalPort();
        } catch (IOException taken) {
            OptionalLong holder = pid(port);
            String who = holder.isPresent() ? " by process " + holder.getAsLong() : "";
            String why = taken instanceof BindException
                            && !String.valueOf(taken.getMessage()).contains("ermission")
                    ? "is already in use" + who
                    : "cannot be opened (" + taken.getMessage() + ")";
            throw new LaunchRefused("Port " + port + " " + why + ": choose another one with --port.");
        }
    }

    static OptionalLong pid(int port) {
        Optional<String> inode =
                Stream.of("tcp", "tcp6").flatMap(table -> inode(table, port)).findFirst();
        if (inode.isEmpty()) {
            return OptionalLong.empty();
        }
        String socket = "socket:[" + inode.get() + "]";
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> holds(pid, socket))
                .findFirst();
    }

    private static Stream<String> inode(String table, int port) {
        String suffix = ":%04X".formatted(port);
        try {
            return Files.readAllLines(Path.of("/proc/net", table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row.length > INODE && row[STATE].equals(LISTENING) && row[ADDRESS].endsWith(suffix))
                    .map(row -> row[INODE]);
        } catch (IOException withoutProc) {
            return Stream.empty();
        }
    }

    private static boolean holds(long pid, String socket) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> socket.equals(target(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
