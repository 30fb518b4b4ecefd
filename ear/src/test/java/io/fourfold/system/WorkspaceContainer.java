package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.TestDocker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the engine and the kernel say about the one workspace of an execution. */
record WorkspaceContainer(String execution) {

    String inspected(String format) throws IOException, InterruptedException {
        String id = docker("ps", "--quiet", "--no-trunc", "--filter", "label=fourfold.execution=" + execution);
        assertThat(id.lines()).hasSize(1);
        return docker("inspect", "--format", format, id);
    }

    /** Of all processes of the container. */
    long cpuTicks() throws IOException, InterruptedException {
        String name = Files.readString(Path.of("/proc/" + inspected("{{.State.Pid}}") + "/cgroup"));
        long sum = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path proc = Path.of("/proc/" + process.pid());
            if (read(proc.resolve("cgroup")).equals(name)) {
                String stat = read(proc.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                sum += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return sum;
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        if (TestDocker.host() != null) {
            command.addAll(List.of("--host", TestDocker.host()));
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return ")  0 0 0 0 0 0 0 0 0 0 0 0 0 0";
        }
    }
}
