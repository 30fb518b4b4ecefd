package io.fourfold.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.query.BodyKind;
import io.fourfold.query.Field;
import io.fourfold.query.QueryReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("machine")
class BodyIndexesTest {

    private static final Field.Body PATH = new Field.Body(List.of("customer", "it's \"odd\", {x}"));
    private static final BodyKind ORDER = new BodyKind("order.v1", List.of(PATH));

    private static TestJpa jpa;
    private static RecordSearch search;
    private static BodyIndexes indexes;

    @BeforeAll
    static void fill() throws SQLException {
        jpa = TestJpa.fresh();
        search = new RecordSearch(jpa.source());
        indexes = new BodyIndexes(jpa.source());
        Log log = new JpaLog(jpa.source(), jpa.units(), Clock.systemUTC(), Durability.DURABLE);
        for (int from = 0; from < 4_000; from += 500) {
            log.append(IntStream.range(from, from + 500)
                    .mapToObj(i ->
                            Append.of(Draft.of(new ThreadId("th_" + i % 50), new Did("did:a:b"), Act.KNOW, body(i))))
                    .toList());
        }
        try (Connection connection = jpa.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze log_entry");
        }
    }

    private static Json body(int i) {
        String value = i % 2 == 0 ? Integer.toString(i) : "\"c-" + i + "\"";
        return Json.parse("{\"kind\":\"order.v1\",\"customer\":{\"it's \\\"odd\\\", {x}\":" + value + "}}");
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "c-17"                      | 0 | 1
            {"$in":["c-17","c-19"]}     | 0 | 2
            {"$gte":"c-3995","$lt":"d"} | 0 | 3
            18                          | 1 | 1
            {"$gt":3990}                | 1 | 4
            """)
    void aDeclaredPathIsFoundByItsIndexAndNotWithout(String condition, int which, int expected) {
        String place = "body.customer.it's \\\"odd\\\", {x}";
        var query = QueryReader.read("{\"filter\":{\"kind\":\"order.v1\",\"" + place + "\":" + condition + "}}");
        String index = BodyIndexes.names("order.v1", PATH).get(which);

        assertThat(indexes.arrange(List.of(ORDER))).isTrue();
        assertThat(search.explain(query).indexes()).contains(index);
        int with = search.find(query).entries().size();
        assertThat(indexes.ready()).hasSize(2).contains(index);
        assertThat(indexes.arrange(List.of())).isTrue();
        assertThat(indexes.ready()).isEmpty();
        assertThat(search.explain(query).indexes()).doesNotContain(index);
        assertThat(search.find(query).entries()).hasSize(with).hasSizeGreaterThanOrEqualTo(expected);
    }

    @Test
    void whoFindsAnotherAtItLeavesItAlone() throws SQLException {
        try (Connection other = jpa.source().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x626b69 + ")");
            assertThat(indexes.arrange(List.of(ORDER))).isFalse();
            statement.execute("select pg_advisory_unlock(" + 0x626b69 + ")");
        }
        assertThat(indexes.arrange(List.of())).isTrue();
    }
}
