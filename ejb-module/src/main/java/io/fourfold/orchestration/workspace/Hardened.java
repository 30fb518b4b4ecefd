package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import io.fourfold.orchestration.workspace.Sandbox.Limits;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Creates containers that can do next to nothing: no capabilities, no new privileges, a read-only root, small
 * temporary folders, the engine's default seccomp profile. The program reads its standard input from a file, because
 * an attached input that ends is not told to a container.
 */
record Hardened(DockerClient docker, DockerSettings settings, int user) {

    static final String WORKSPACE = "/workspace";
    static final String HOME = "/home/agent";

    private static final Pattern NAMELESS = Pattern.compile("[^A-Za-z0-9_.-]+");
    private static final String STDIN = "/run/fourfold/stdin";
    private static final long OPEN_FILES_MAX = 4_096;
    private static final double NANOS = 1e9;

    /** The id of the new container. */
    String create(Place place, Program program, Path folder, Path stdin) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < " + STDIN, "sh"));
        command.addAll(program.argv());
        return docker.createContainerCmd(settings.image())
                .withName(name(place))
                .withLabels(labels(place, program))
                .withUser(user + ":" + user)
                .withWorkingDir(folder.toString())
                .withEnv(environment(program))
                .withEntrypoint(command.subList(0, 1))
                .withCmd(command.subList(1, command.size()))
                .withHostConfig(host(place, stdin))
                .exec()
                .getId();
    }

    /** A container's name takes fewer characters than an instance's may have; the label has them all. */
    private String name(Place place) {
        return "fourfold-" + NAMELESS.matcher(settings.instance()).replaceAll("-") + "-" + place.id();
    }

    private Map<String, String> labels(Place place, Program program) {
        return Map.of(
                DockerSandbox.WORKSPACE,
                place.id(),
                DockerSandbox.INSTANCE,
                settings.instance(),
                "fourfold.execution",
                program.environment().getOrDefault("FOURFOLD_EXECUTION_ID", ""),
                "fourfold.phase",
                program.environment().getOrDefault("FOURFOLD_PHASE_ID", ""));
    }

    private static List<String> environment(Program program) {
        List<String> environment = new ArrayList<>(List.of("HOME=" + HOME, "LANG=C.UTF-8"));
        program.environment().forEach((name, value) -> environment.add(name + "=" + value));
        return environment;
    }

    private HostConfig host(Place place, Path stdin) {
        Limits limits = place.limits();
        HostConfig host = HostConfig.newHostConfig()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges:true"))
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of(
                        "/tmp",
                        "rw,noexec,nosuid,nodev,size=256m,mode=1777",
                        HOME,
                        "rw,exec,nosuid,nodev,size=128m,mode=0700,uid=" + user + ",gid=" + user))
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs((long) (limits.cpus() * NANOS))
                .withPidsLimit((long) limits.pids())
                .withUlimits(
                        new Ulimit[] {new Ulimit("nofile", OPEN_FILES_MAX, OPEN_FILES_MAX), new Ulimit("core", 0L, 0L)})
                .withInit(true)
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE))
                .withNetworkMode(limits.network() ? settings.network() : "none")
                .withBinds(
                        new Bind(place.root().toString(), new Volume(WORKSPACE), AccessMode.rw),
                        new Bind(stdin.toString(), new Volume(STDIN), AccessMode.ro));
        return settings.runtime() == null ? host : host.withRuntime(settings.runtime());
    }
}
