package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.kit.Wire;
import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsTest {

    private static final EntryId PARENT = new EntryId("ab".repeat(32));

    private final Expressions expressions = new Expressions();

    private static Draft draft(Long clock, EntryId judgedBy) {
        return new Draft(
                List.of(PARENT),
                new ThreadId("th_work"),
                new Did("did:x:y"),
                Act.DO,
                Json.parse("{\"n\":1,\"deep\":{\"list\":[1.5,null,\"x\",true]},\"huge\":100000000000000000000}"),
                clock,
                DataType.REFERENCE,
                judgedBy);
    }

    @Test
    void aStoredRecordHasAllItsFields() {
        Draft draft = draft(4L, PARENT);
        EntryId id = RecordHash.id(draft);
        Map<String, Object> record =
                Bindings.record(new Entry(9, 2, id, draft, "acme", Instant.parse("2026-03-01T12:00:00Z")));
        String all = "record.id == '" + id.hex() + "' && record.thread == 'th_work' && record.actor == 'did:x:y'"
                + " && record.act == 'DO' && record.namespace == 'acme' && record.clock == 4 && record.version == 2"
                + " && record.position == 9 && record.data_type == 'REFERENCE' && record.parents == ['"
                + PARENT.hex() + "'] && record.judged_by == '" + PARENT.hex() + "'"
                + " && record.recorded_at == timestamp('2026-03-01T12:00:00Z') && record.body.deep.list[0] == 1.5"
                + " && record.body.deep.list[1] == null && record.body.n + 1 == 2 && record.body.huge > 1e19";
        assertThat(expressions.compile(Context.ROUTING, all).holds(Map.of("record", record), Facts.NONE))
                .isTrue();
    }

    @Test
    void aDraftLacksWhatOnlyTheStoreKnows() {
        Map<String, Object> record = Bindings.record(draft(null, null), "acme");
        assertThat(record).containsOnlyKeys("thread", "actor", "act", "namespace", "body", "data_type", "parents");
        assertThat(expressions
                        .compile(Context.PERMISSION, "!has(record.id) && !has(record.clock) && !has(record.judged_by)")
                        .holds(Map.of("record", record), Facts.NONE))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROUTING    | {"colour":1}                      | colour: expected one of [record, system], but this variable
            ROUTING    | {"record":[]}                     | record: expected an object, but was []
            ROUTING    | {"record":{"recorded_at":"noon"}} | record.recorded_at: expected a time such as
            JOIN       | {"children":{}}                   | children: expected an array of objects, but was {}
            JOIN       | {"children":[1]}                  | children[]: expected an object, but was 1
            DECISION   | {"meta_trust":"1"}                | meta_trust: expected a number, but was "1"
            PERMISSION | {"resource":1}                    | resource: expected an object, but was 1
            """)
    void aBindingThatDoesNotFitIsRefusedByName(Context context, String json, String message) {
        assertThatThrownBy(() -> Bindings.of(context, Json.parse(json).tree()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void bindingsOfJsonAreTyped() {
        Map<String, Object> decision = Bindings.of(
                Context.DECISION,
                Json.parse("{\"record\":{\"recorded_at\":\"2026-03-01T12:00:00Z\"},\"meta_trust\":1}")
                        .tree());
        assertThat(expressions
                        .compile(
                                Context.DECISION,
                                "meta_trust >= 0.9 && record.recorded_at < timestamp('2026-03-01T12:00:01Z')")
                        .holds(decision, Facts.NONE))
                .isTrue();
        Map<String, Object> join = Bindings.of(
                Context.JOIN, Json.parse("{\"children\":[{\"ok\":true}]}").tree());
        assertThat(expressions.compile(Context.JOIN, "children.all(c, c.ok)").holds(join, Facts.NONE))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record.body                            | {"n":1,"deep":{"list":[1.5,null,"x",true]},"huge":1.0E20}
            [1, 2u, 1.5, 'x', true, null]          | [1,2,1.5,"x",true,null]
            {1: 'a', true: 'b'}                    | {"1":"a","true":"b"}
            timestamp('2026-03-01T12:00:00Z')      | "2026-03-01T12:00:00Z"
            duration('90s')                        | "PT1M30S"
            b'abc'                                 | "YWJj"
            1.0 / 0.0                              | "Infinity"
            record.body.deep.list[1]               | null
            record.body.deep.list.map(x, x == 'x') | [false,false,true,false]
            type(1)                                | "int"
            """)
    void aValueIsPlainJson(String text, String json) throws Exception {
        Map<String, Object> record = Bindings.record(draft(null, null), "acme");
        Object value = expressions.formula(Context.ROUTING, text).value(Map.of("record", record), Facts.NONE);
        assertThat(Wire.MAPPER.readTree(Wire.MAPPER.writeValueAsString(value))).isEqualTo(Wire.MAPPER.readTree(json));
    }
}
