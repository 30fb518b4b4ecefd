package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs each agent as the main process of a hardened container; its lines are kept by the engine's log. */
public final class DockerSandbox implements Sandbox {

    static final String WORKSPACE = "fourfold.workspace";
    static final String INSTANCE = "fourfold.instance";

    /** How often it is asked whether a container that is being removed is gone. */
    private static final int REMOVALS_MAX = 20;

    private final DockerClient docker;
    private final PlaceFolders folders;
    private final DockerSettings settings;

    /** With its places under {@code root}, a folder that the engine sees under the same name. */
    public DockerSandbox(DockerClient docker, Path root, DockerSettings settings) {
        this.docker = docker;
        this.folders = new PlaceFolders(root);
        this.settings = settings;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    @Override
    public Place create(String workspaceId, Limits limits) {
        Place place = folders.create(workspaceId, Hardened.WORKSPACE, limits);
        try {
            folders.giveAway(workspaceId, folders.agentUser());
        } catch (SandboxFailure broken) {
            folders.remove(workspaceId);
            throw broken;
        }
        return place;
    }

    @Override
    public Running start(Place place, Program program, LineSink sink) {
        Path folder = Path.of(Hardened.WORKSPACE, program.folder()).normalize();
        if (!folder.startsWith(Hardened.WORKSPACE)) {
            throw new SandboxFailure("Expected a folder of the workspace, but was " + program.folder(), null);
        }
        removeEnded(place.id());
        Path stdin = folders.stdin(place, program.stdin(), folders.agentUser());
        try {
            String id = new Hardened(docker, settings, folders.agentUser()).create(place, program, folder, stdin);
            docker.startContainerCmd(id).exec();
            return new RunningContainer(docker, id, place.limits(), sink);
        } catch (DockerException broken) {
            removeContainers(place.id());
            throw new SandboxFailure("Cannot run " + program.argv().getFirst() + ": " + broken.getMessage(), broken);
        }
    }

    private void removeEnded(String id) {
        for (Container container : containers(Map.of(WORKSPACE, id))) {
            ContainerState state =
                    docker.inspectContainerCmd(container.getId()).exec().getState();
            if (Boolean.TRUE.equals(state.getRunning())) {
                throw new SandboxFailure("Expected no process in workspace " + id + ", but one runs", null);
            }
            remove(container.getId());
        }
    }

    @Override
    public void destroy(Place place) {
        removeContainers(place.id());
        folders.remove(place.id());
    }

    @Override
    public List<String> sweep(Set<String> live) {
        Set<String> dead = new TreeSet<>(folders.ids());
        containers(Map.of()).forEach(container -> dead.add(container.getLabels().get(WORKSPACE)));
        dead.removeAll(live);
        for (String id : dead) {
            removeContainers(id);
            folders.remove(id);
        }
        return List.copyOf(dead);
    }

    private void removeContainers(String id) {
        containers(Map.of(WORKSPACE, id)).forEach(container -> remove(container.getId()));
    }

    private void remove(String container) {
        for (int attempt = 0; attempt < REMOVALS_MAX; attempt++) {
            try {
                docker.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | NotModifiedException gone) {
                return;
            } catch (ConflictException beingRemoved) {
                // Someone else removes it just now; asked again it is gone.
            } catch (DockerException broken) {
                throw new SandboxFailure("Container " + container + " cannot be removed", broken);
            }
        }
    }

    /** Ours of this instance only: two servers may share an engine. */
    private List<Container> containers(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(INSTANCE, settings.instance());
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(all).exec();
    }
}
