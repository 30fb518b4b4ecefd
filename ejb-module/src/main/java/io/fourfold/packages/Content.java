package io.fourfold.packages;

import java.util.List;
import java.util.Optional;

/** What is installed of a package. */
public record Content(Manifest manifest, Origin origin, List<Part> workflows, List<Cue> triggers) {

    /**
     * A workflow of a package.
     *
     * @param path     its file in the package
     * @param revision the workflow's, when this content of it was installed
     * @param sha256   of its definition as canonical JSON, prompts and hashes of its files included
     */
    public record Part(String id, String path, long revision, String sha256) {}

    /** A trigger of a package; {@code sha256} is of its configuration record's body. */
    public record Cue(String name, String namespace, String sha256) {}

    static final Content NONE = new Content(null, null, List.of(), List.of());

    public Content {
        workflows = List.copyOf(workflows);
        triggers = List.copyOf(triggers);
    }

    Optional<Part> workflow(String id) {
        return workflows.stream().filter(part -> part.id().equals(id)).findFirst();
    }

    Optional<Cue> trigger(String namespace, String name) {
        return triggers.stream()
                .filter(cue -> cue.name().equals(name) && cue.namespace().equals(namespace))
                .findFirst();
    }
}
