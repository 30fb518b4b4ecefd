package io.fourfold.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fourfold.kit.Entries;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.Situation.Level;
import io.fourfold.routing.Situation.Match;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternRegistryTest {

    private final Entries entries = new Entries();
    private PatternRegistry registry = PatternRegistry.EMPTY;

    private void learn(String id, String state, String shape) {
        registry = registry.fold(
                entries.add(PatternRegistry.THREAD, Act.LEARN, Json.parse("""
                {"topic":"pattern","pattern":"%s","state":"%s","target":"did:x:%s","shape":%s,
                 "plan":[{"act":"KNOW","body":{"text":"{{name}}"}}]}""".formatted(id, state, id, shape))));
    }

    private static String shape(String dial, String in, String op, String p) {
        return "{\"dial\":\"%s\",\"in\":%s,\"op\":\"%s\",\"out\":{},\"p\":\"%s\"}".formatted(dial, in, op, p);
    }

    private Match match(Act act, String body) {
        return registry.match(Draft.of(new ThreadId("th_x"), new Did("did:a:b"), act, Json.parse(body)))
                .orElse(null);
    }

    @Test
    void theHashOfTheThirdLevelIsTheSpecifiedOne() {
        Shape shape = new Shape("REPLAY", new TextNode("ONE"), "x", new TextNode("MANY"), "DO");
        assertThat(shape.l3()).isEqualTo("79dfd1971fcf0ba43a2a3cf499a86afa15872c8bad21c3009c8dc135042769de");
    }

    @Test
    void whatIsEqualAtOneLevelIsEqualAtTheCoarserOnes() {
        Shape one = new Shape("REPLAY", new TextNode("a"), "op", new TextNode("b"), "DO");
        Shape otherOp = new Shape("REPLAY", new TextNode("a"), "other", new TextNode("b"), "DO");
        Shape otherAct = new Shape("REPLAY", new TextNode("a"), "op", new TextNode("b"), "KNOW");
        assertThat(otherOp.l1()).isNotEqualTo(one.l1());
        assertThat(otherOp.l2()).isEqualTo(one.l2());
        assertThat(otherAct.l2()).isNotEqualTo(one.l2());
        assertThat(otherAct.l3()).isEqualTo(one.l3());
    }

    @Test
    void aSkeletonHasTypesInThePlaceOfValues() {
        assertThat(Shape.skeleton(Json.parse("{\"b\":[1,2,\"x\",{\"y\":true}],\"a\":null,\"namespace\":\"acme\"}")
                                .tree())
                        .toString())
                .isEqualTo("{\"a\":\"null\",\"b\":[\"number\",\"string\",{\"y\":\"boolean\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "0,REPLAY",
        "0.333,REPLAY",
        "0.34,ADAPT",
        "0.499,ADAPT",
        "0.5,EXPLORE",
        "0.66,EXPLORE",
        "0.667,CREATE",
        "1,CREATE"
    })
    void theDialHasFourZones(double turned, Dial zone) {
        assertThat(Dial.of(turned)).isEqualTo(zone);
    }

    @Test
    void theClosestLevelMatches() {
        String in = "{\"name\":\"string\"}";
        learn("far", "crystallized", shape("REPLAY", in, "op", "DO"));
        assertThat(match(Act.INTEND, "{\"name\":\"a\"}"))
                .isEqualTo(new Match("far", Level.EXPLORE, new Did("did:x:far")));
        learn("near", "open", shape("REPLAY", in, "intend", "INTEND"));
        assertThat(match(Act.INTEND, "{\"name\":\"a\"}"))
                .isEqualTo(new Match("near", Level.ADAPT, new Did("did:x:near")));
        learn("near", "crystallized", shape("REPLAY", in, "intend", "INTEND"));
        assertThat(match(Act.INTEND, "{\"name\":\"a\"}"))
                .isEqualTo(new Match("near", Level.REPLAY, new Did("did:x:near")));
        assertThat(match(Act.INTEND, "{\"name\":1}")).isNull();
    }

    @Test
    void theDialForbidsWhatIsTooOld() {
        learn("near", "crystallized", shape("REPLAY", "{\"name\":\"string\"}", "intend", "INTEND"));
        assertThat(match(Act.INTEND, "{\"name\":\"a\",\"dial\":0.4}").level()).isEqualTo(Level.ADAPT);
        assertThat(match(Act.INTEND, "{\"name\":\"a\",\"dial\":0.9}")).isNull();
    }

    @Test
    void whatIsNotReadableChangesNothingAndWhatIsRemovedIsGone() {
        learn("near", "crystallized", shape("REPLAY", "{\"name\":\"string\"}", "intend", "INTEND"));
        learn("near", "crystallized", "{}");
        assertThat(match(Act.INTEND, "{\"name\":\"a\"}").level()).isEqualTo(Level.REPLAY);
        learn("near", "removed", "{}");
        assertThat(match(Act.INTEND, "{\"name\":\"a\"}")).isNull();
    }
}
