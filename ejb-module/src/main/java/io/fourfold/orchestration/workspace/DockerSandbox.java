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
import java.util.function.Predicate;
import java.util.function.Supplier;

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
        return asked("Cannot run " + program.argv().getFirst(), () -> start(place, program, folder, sink));
    }

    private Running start(Place place, Program program, Path folder, LineSink sink) {
        removeEnded(place.id());
        // Repositories and inputs came since the place was made: they are the agent's to change.
        folders.giveAway(place.id(), folders.agentUser());
        Path stdin = folders.stdin(place, program.stdin(), folders.agentUser());
        try {
            String id = new Hardened(docker, settings, folders.agentUser()).create(place, program, folder, stdin);
            docker.startContainerCmd(id).exec();
            return new RunningContainer(docker, id, place.limits(), sink);
        } catch (DockerException refused) {
            removeContainers(place.id());
            throw refused;
        }
    }

    @Override
    public Optional<Place> find(String workspaceId, Limits limits) {
        return folders.find(workspaceId, Hardened.WORKSPACE, limits);
    }

    /** A container that was made and never started is taken away: nothing ran in it. */
    @Override
    public Optional<Running> attach(Place place, LineSink sink) {
        return asked("Cannot look for the container of workspace " + place.id(), () -> {
            for (Container container : containers(Map.of(WORKSPACE, place.id()))) {
                ContainerState state =
                        docker.inspectContainerCmd(container.getId()).exec().getState();
                if (!"created".equals(state.getStatus())) {
                    return Optional.of(new RunningContainer(docker, container.getId(), place.limits(), sink));
                }
                remove(container.getId());
            }
            return Optional.empty();
        });
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
        remove(Set.of(place.id()));
    }

    @Override
    public List<String> sweep(Predicate<String> live) {
        Set<String> dead = new TreeSet<>(folders.ids());
        asked("Cannot list the containers", () -> containers(Map.of()))
                .forEach(container -> dead.add(container.getLabels().get(WORKSPACE)));
        dead.removeIf(live);
        remove(dead);
        return List.copyOf(dead);
    }

    private void remove(Set<String> ids) {
        for (String id : ids) {
            asked("Cannot remove the container of workspace " + id, () -> removeContainers(id));
            folders.remove(id);
        }
    }

    private int removeContainers(String id) {
        List<Container> found = containers(Map.of(WORKSPACE, id));
        found.forEach(container -> remove(container.getId()));
        return found.size();
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
            }
        }
    }

    /** The client tells of an engine that does not answer by exceptions of many kinds. */
    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (SandboxFailure known) {
            throw known;
        } catch (RuntimeException broken) {
            throw new SandboxFailure(what + ": " + broken.getMessage(), broken);
        }
    }

    /** Ours of this instance only: two servers may share an engine. */
    private List<Container> containers(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(INSTANCE, settings.instance());
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(all).exec();
    }
}
