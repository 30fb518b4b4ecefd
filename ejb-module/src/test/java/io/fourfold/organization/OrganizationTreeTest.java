package io.fourfold.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import org.junit.jupiter.api.Test;

class OrganizationTreeTest {

    /** Its aggregates are not there yet: when they are, this fails, and the fold is to be written. */
    @Test
    void theTreeIsEmptyBecauseNothingRecordsOrganizations() {
        Entries entries = new Entries();
        for (String noun : new String[] {"organization", "system", "repository"}) {
            entries.add(
                    ThreadId.of(noun, "x"),
                    Act.KNOW,
                    Json.parse("{\"kind\":\"" + noun + ".created.v1\",\"name\":\"X\"}"));
        }
        assertThat(Folded.of(new OrganizationTree(), entries.all())).isEmpty();
    }
}
