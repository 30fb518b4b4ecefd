package io.fourfold.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.view.PatternRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternIndexTest {

    private final Entries entries = new Entries();

    private void learn(String id, String state, String shape) {
        entries.add(PatternRegistry.THREAD, Act.LEARN, Json.parse("""
                {"topic":"pattern","pattern":"%s","state":"%s","target":"did:x:a","shape":%s,
                 "plan":[{"act":"KNOW","body":{"text":"{{name}}"}}]}""".formatted(id, state, shape)));
    }

    private static final String SHAPE =
            "{\"dial\":\"REPLAY\",\"in\":{\"a\":\"string\"},\"op\":\"x\",\"out\":{},\"p\":\"DO\"}";

    private Map<String, PatternRow> index() {
        return Folded.of(new PatternIndex(), entries.all());
    }

    @Test
    void aPatternIsListedWithItsHashesAndItsPlan() {
        learn("p", "open", SHAPE);
        learn("p", "crystallized", SHAPE);
        JsonNode shape = Json.parse(SHAPE).tree();
        Shape same = new Shape("REPLAY", shape.get("in"), "x", shape.get("out"), "DO");
        PatternRow row = index().get("p");
        assertThat(row.state).isEqualTo("crystallized");
        assertThat(row.l1).isEqualTo(same.l1());
        assertThat(row.l3).isEqualTo(same.l3());
        assertThat(row.target).isEqualTo("did:x:a");
        assertThat(row.plan).isEqualTo("[{\"act\":\"KNOW\",\"body\":{\"text\":\"{{name}}\"}}]");
        assertThat(row.since).isBefore(row.updatedAt);
    }

    @Test
    void whatCannotBeReadChangesNothingAndWhatIsRemovedIsGone() {
        learn("p", "open", SHAPE);
        learn("p", "crystallized", "{}");
        learn("q", "open", "{}");
        assertThat(index()).containsOnlyKeys("p");
        assertThat(index().get("p").state).isEqualTo("open");
        learn("p", "removed", "{}");
        assertThat(index()).isEmpty();
    }
}
