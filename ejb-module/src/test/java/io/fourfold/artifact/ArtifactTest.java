package io.fourfold.artifact;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.StateTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactTest {

    static final Artifact.Facts FACTS = new Artifact.Facts(
            "w", "exec-1", "one", "s", "out.md", "markdown", "text/markdown", 3, "ab".repeat(32), true, List.of("b"));
    static final Artifact.Event CREATED = new Artifact.Event.Created("a", FACTS, NOW);
    static final Artifact.Event DELETED = new Artifact.Event.Deleted("a", NOW);

    private static final String BY_STATE = """
                               ABSENT  PRESENT DELETED
            Create             created exists  exists
            Update             none    updated no
            Delete             none    deleted no
            """;

    @Test
    void everyCommandInEveryState() {
        Map<String, List<Artifact.Event>> states = new LinkedHashMap<>();
        states.put("ABSENT", List.of());
        states.put("PRESENT", List.of(CREATED));
        states.put("DELETED", List.of(CREATED, DELETED));
        assertThat(new StateTable<>(Artifact.AGGREGATE, states)
                        .of(List.of(
                                new Artifact.Command.Create("a", FACTS),
                                new Artifact.Command.Update("a", "new", null, Map.of("k", "v")),
                                new Artifact.Command.Delete("a"))))
                .isEqualTo(BY_STATE);
    }
}
