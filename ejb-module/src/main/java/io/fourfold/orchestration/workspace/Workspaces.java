package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.util.List;

/** Chooses where agents work. */
public final class Workspaces {

    private Workspaces() {}

    /**
     * The backend of a setting: {@code docker}, {@code process}, or {@code auto}: Docker where the engine answers and
     * has the image, else processes, which then say so in their warning.
     *
     * @param root     the folder of places; each backend has its own below it
     * @param readable see {@link ProcessSandbox#at}
     * @throws IllegalArgumentException for another setting
     */
    public static Sandbox choose(
            String setting, Path root, DockerClient docker, DockerSettings settings, List<Path> readable) {
        return switch (setting) {
            case "docker" -> new DockerSandbox(docker, root.resolve("docker"), settings);
            case "process" -> ProcessSandbox.at(root.resolve("process"), readable);
            case "auto" ->
                choose(usable(docker, settings.image()) ? "docker" : "process", root, docker, settings, readable);
            default ->
                throw new IllegalArgumentException(
                        "Expected fourfold.workspace.backend to be auto, docker or process, but was " + setting);
        };
    }

    private static boolean usable(DockerClient docker, String image) {
        return Docker.answers(docker) && Docker.has(docker, image);
    }
}
