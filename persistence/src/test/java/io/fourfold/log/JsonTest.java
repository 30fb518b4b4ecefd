package io.fourfold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {

    private static final String TEXT =
            "{\"deep\":{\"kind\":\"inner\"},\"flag\":true,\"n\":1,\"q\\\"\\u000bé\":\"v\",\"word\":\"kind\"}";

    @Test
    void onlyTopLevelFieldsAreFound() {
        assertThat(Json.parse(TEXT).text("kind")).isEmpty();
        assertThat(Json.parse(TEXT).text("absent")).isEmpty();
        assertThat(Json.parse(TEXT).text("n")).isEmpty();
        assertThat(Json.parse(TEXT).text("word")).contains("kind");
        assertThat(Json.parse(TEXT).text("q\"\u000bé")).contains("v");
        assertThat(Json.parse(TEXT).field("n"))
                .hasValueSatisfying(n -> assertThat(n.intValue()).isEqualTo(1));
        assertThat(Json.parse(TEXT).isTrue("flag")).isTrue();
        assertThat(Json.parse(TEXT).isTrue("word")).isFalse();
        assertThat(Json.parse(TEXT).isTrue("absent")).isFalse();
    }

    @Test
    void equalWhenTheCanonicalTextsAre() {
        assertThat(Json.parse("{ \"b\": 1.0, \"a\": 2 }")).isEqualTo(Json.parse("{\"a\":2,\"b\":1}"));
        assertThat(Json.of(Json.parse(TEXT).tree())).isEqualTo(Json.parse(TEXT));
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> Json.parse("[1]"))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo("body"))
                .hasMessageContaining("a JSON object");
    }
}
