package io.fourfold.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                              | body
            {"filter":{},"filter":{}}                       | filter
            {"filtre":{}}                                   | filtre
            {"limit":0}                                     | limit
            {"limit":1001}                                  | limit
            {"limit":"5"}                                   | limit
            {"order":"up"}                                  | order
            {"count":1}                                     | count
            {"explain":"yes"}                               | explain
            {"cursor":"xyz"}                                | cursor
            {"cursor":7}                                    | cursor
            {"filter":[]}                                   | filter
            {"filter":{"colour":1}}                         | filter.colour
            {"filter":{"body":{}}}                          | filter.body
            {"filter":{"body.":1}}                          | filter.body.
            {"filter":{"body.a..b":1}}                      | filter.body.a..b
            {"filter":{"body.-1":1}}                        | filter.body.-1
            {"filter":{"$nor":[]}}                          | filter.$nor
            {"filter":{"$and":[]}}                          | filter.$and
            {"filter":{"$or":[{"x":1}]}}                    | filter.$or[0].x
            {"filter":{"$not":{"clock":"1"}}}               | filter.$not.clock
            {"filter":{"clock":1.5}}                        | filter.clock
            {"filter":{"clock":null}}                       | filter.clock
            {"filter":{"thread":7}}                         | filter.thread
            {"filter":{"act":"SAY"}}                        | filter.act
            {"filter":{"data_type":{"$in":["VOID","X"]}}}   | filter.data_type.$in[1]
            {"filter":{"id":"abc"}}                         | filter.id
            {"filter":{"recorded_at":{"$gt":"yesterday"}}}  | filter.recorded_at.$gt
            {"filter":{"thread":{"$exists":true}}}          | filter.thread.$exists
            {"filter":{"body.a":{"$exists":1}}}             | filter.body.a.$exists
            {"filter":{"body.a":{"$gt":null}}}              | filter.body.a.$gt
            {"filter":{"body.a":{"$gt":1,"b":2}}}           | filter.body.a.b
            {"filter":{"body.a":{"$regex":"x"}}}            | filter.body.a.$regex
            {"filter":{"body.a":{"$in":1}}}                 | filter.body.a.$in
            {"filter":{"body.a":{"$not":1}}}                | filter.body.a.$not
            {"filter":{"body.a":9007199254740993}}          | filter.body.a
            """)
    void whatIsWrongIsNamedWithItsPlace(String query, String field) {
        InvalidQuery wrong = catchThrowableOfType(InvalidQuery.class, () -> QueryReader.read(query));

        assertThat(wrong).as(query).isNotNull();
        assertThat(wrong.field()).isEqualTo(field);
        assertThat(wrong.getMessage()).contains("expected");
    }

    @Test
    void tooDeepTooManyAndTooLongAreRefused() {
        String deep = "{\"$not\":".repeat(FilterReader.DEPTH_MAX + 1) + "{}" + "}".repeat(FilterReader.DEPTH_MAX + 1);
        String term = "{\"clock\":1}";
        String many = "{\"$or\":[" + String.join(",", Collections.nCopies(FilterReader.TERMS_MAX + 1, term)) + "]}";
        String values = String.join(",", Collections.nCopies(FilterReader.VALUES_MAX + 1, "1"));
        String path = "body" + ".a".repeat(Field.Body.SEGMENTS_MAX + 1);

        for (String filter : List.of(deep, many, "{\"body.a\":{\"$in\":[" + values + "]}}", "{\"" + path + "\":1}")) {
            assertThat(catchThrowableOfType(InvalidQuery.class, () -> QueryReader.read("{\"filter\":" + filter + "}")))
                    .isNotNull()
                    .hasMessageContaining("at most");
        }
    }

    @Test
    void aCursorServesTheOrderItWasMadeFor() {
        String cursor = Cursor.of(Query.Order.ASC, 42);

        assertThat(QueryReader.read("{\"cursor\":\"" + cursor + "\"}").from()).hasValue(42);
        assertThat(catchThrowableOfType(
                        InvalidQuery.class,
                        () -> QueryReader.read("{\"order\":\"desc\",\"cursor\":\"" + cursor + "\"}")))
                .isNotNull();
    }

    @Test
    void nothingOfARequestStandsInTheSql() {
        String marker = "'; drop table log_entry; --";
        Query query = QueryReader.read("{\"filter\":{\"$or\":[{\"thread\":\"" + marker + "\"},{\"body." + marker
                + "\":{\"$in\":[\"" + marker + "\",1,{\"" + marker + "\":true}]}},{\"body." + marker
                + "\":{\"$exists\":true}},{\"kind\":{\"$gt\":\"" + marker + "\"}}]}}");

        FilterSql.Condition condition = FilterSql.of(query.filter());

        assertThat(condition.text()).doesNotContain("drop");
        assertThat(condition.text().chars().filter(c -> c == '?')).hasSameSizeAs(condition.parameters());
    }
}
