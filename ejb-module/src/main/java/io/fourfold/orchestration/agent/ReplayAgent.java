package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Inlay;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plays a recorded session: its lines in their time, and just before its result the files that lie in the
 * {@code workspace/} folder beside the recording.
 */
public final class ReplayAgent implements Agent {

    private static final String FILES = "workspace/";

    private final Rest rest;

    public ReplayAgent() {
        this(Rest.REAL);
    }

    ReplayAgent(Rest rest) {
        this.rest = rest;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public boolean usesNetwork() {
        return false;
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    public Optional<String> cannot(Phase phase) {
        if (phase.recording() == null) {
            return Optional.of("Expected a recording, but phase " + phase.id() + " names none");
        }
        if (phase.maxTokens() != null) {
            return Optional.of("Expected no max_tokens, but phase " + phase.id() + " plays what was recorded");
        }
        if (!phase.allowedTools().isEmpty()) {
            return Optional.of("Expected no allowed_tools, but phase " + phase.id() + " plays what was recorded");
        }
        return Optional.empty();
    }

    @Override
    public Sandbox.Running start(Sandbox sandbox, Place place, Brief brief, Sandbox.LineSink sink) {
        return play(place, brief, 0, sink);
    }

    /** A recording can always be gone on with: what was played comes at once. */
    @Override
    public Optional<Sandbox.Running> attach(
            Sandbox sandbox, Place place, Brief brief, int taken, Sandbox.LineSink sink) {
        return Optional.of(play(place, brief, taken, sink));
    }

    private Sandbox.Running play(Place place, Brief brief, int taken, Sandbox.LineSink sink) {
        String recording = brief.phase().recording();
        byte[] content = brief.files().get(recording);
        if (content == null) {
            throw new SandboxFailure(
                    "Expected the recording " + recording + " in the package, but it is not there", null);
        }
        List<String> lines = new String(content, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        Playback playback =
                new Playback(lines, taken, brief.phase().pace(), sink, () -> putFiles(place, brief, recording), rest);
        Thread.ofVirtual().name("replay in " + place.id()).start(playback);
        return playback;
    }

    private static void putFiles(Place place, Brief brief, String recording) {
        String folder = recording.substring(0, recording.lastIndexOf('/') + 1) + FILES;
        new TreeMap<>(brief.files()).tailMap(folder).forEach((path, content) -> {
            if (path.startsWith(folder)) {
                Inlay.write(place, path.substring(folder.length()), content);
            }
        });
    }
}
