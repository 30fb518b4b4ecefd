package io.fourfold.artifact;

import static io.fourfold.artifact.ArtifactTest.CREATED;
import static io.fourfold.artifact.ArtifactTest.DELETED;
import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.ThreadId;
import io.fourfold.view.ArtifactRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactListTest {

    private static Map<String, ArtifactRow> rows(Artifact.Event... events) {
        Entries entries = new Entries();
        for (Artifact.Event event : events) {
            entries.event(Artifact.Event.CODEC, ThreadId.of("artifact", "a"), event);
        }
        return Folded.of(new ArtifactList(), entries.all());
    }

    @Test
    void anArtifactShowsItsFactsAndWhoMadeIt() {
        ArtifactRow row = rows(CREATED).get("a");
        assertThat(row.title).isEqualTo("out.md");
        assertThat(row.sizeBytes).isEqualTo(3);
        assertThat(row.main).isTrue();
        assertThat(row.derivedFrom).containsExactly("b");
        assertThat(row.createdBy).isEqualTo(Entries.ALICE.value());
    }

    @Test
    void anUpdateChangesOnlyWhatItNames() {
        ArtifactRow row = rows(
                        CREATED,
                        new Artifact.Event.Updated("a", "better.md", null, Map.of("k", "1", "l", "1"), NOW),
                        new Artifact.Event.Updated("a", null, false, Map.of("k", "2"), NOW))
                .get("a");
        assertThat(row.title).isEqualTo("better.md");
        assertThat(row.main).isFalse();
        assertThat(row.metadata).containsExactlyInAnyOrderEntriesOf(Map.of("k", "2", "l", "1"));
    }

    @Test
    void aDeletedArtifactIsNotListed() {
        assertThat(rows(CREATED, DELETED)).isEmpty();
    }
}
