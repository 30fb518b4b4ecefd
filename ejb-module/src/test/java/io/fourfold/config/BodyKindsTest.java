package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.query.BodyKind;
import io.fourfold.query.Field;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyKindsTest {

    private static final String ORDERS =
            "{\"topic\":\"body_kind\",\"name\":\"orders\",\"kind\":\"order.v1\",\"paths\":[\"body.customer.id\"]}";
    private static final BodyKind ORDER = new BodyKind("order.v1", List.of(new Field.Body(List.of("customer", "id"))));

    @Test
    void theLatestValidRecordOfANameIsInForce() {
        assertThat(fold(ORDERS).kinds()).containsExactly(ORDER);
        assertThat(fold(ORDERS, ORDERS.replace("order.v1", "order.v2")).kinds())
                .containsExactly(new BodyKind("order.v2", ORDER.paths()));
        assertThat(fold(ORDERS, "{\"topic\":\"body_kind\",\"name\":\"orders\",\"enabled\":false}")
                        .kinds())
                .isEmpty();
        assertThat(fold(ORDERS.replace("body_kind", "routing_rule"))).isEqualTo(BodyKinds.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "order.v1"             | 7                       | kind
            "order.v1"             | "it's"                  | kind
            ["body.customer.id"]   | []                      | paths
            ["body.customer.id"]   | "body.a"                | paths
            ["body.customer.id"]   | ["customer"]            | paths
            ["body.customer.id"]   | ["body.a..b"]           | paths
            ["body.customer.id"]   | [7]                     | paths
            """)
    void aRefusedRecordIsListedAndTheOneBeforeStays(String from, String to, String field) {
        BodyKinds kinds = fold(ORDERS, ORDERS.replace(from, to));

        assertThat(kinds.kinds()).containsExactly(ORDER);
        assertThat(kinds.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).startsWith(field + ": expected");
            assertThat(refused.name()).isEqualTo("orders");
        });
    }

    @Test
    void thereIsNoMoreThanTheLimit() {
        BodyKinds kinds = BodyKinds.NONE;
        for (int i = 0; i <= BodyKinds.KINDS_MAX; i++) {
            kinds = kinds.fold(entry(ORDERS.replace("orders", "orders" + i)));
        }
        assertThat(kinds.byName()).hasSize(BodyKinds.KINDS_MAX);
        assertThat(kinds.refused()).hasSize(1);
    }

    private static BodyKinds fold(String... bodies) {
        BodyKinds kinds = BodyKinds.NONE;
        for (String body : bodies) {
            kinds = kinds.fold(entry(body));
        }
        return kinds;
    }

    private static Entry entry(String body) {
        Log log = new MemoryLog(Clock.systemUTC());
        log.append(List.of(Append.of(Draft.of(RoutingRules.THREAD, new Did("did:a:b"), Act.LEARN, Json.parse(body)))));
        return log.after(0, 1).get(0);
    }
}
