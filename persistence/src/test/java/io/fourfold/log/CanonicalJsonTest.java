package io.fourfold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final int RANDOM_DOCUMENTS = 20_000;
    private static final long SEED = 8785;

    @Test
    void keysAreInTheOrderOfTheirUtf16CodeUnits() {
        String sorted = CanonicalJson.of("""
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""");

        assertThat(sorted)
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void theSampleOfRfc8785IsWrittenAsThere() {
        String canonical = CanonicalJson.of("""
                {
                  "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""");

        assertThat(canonical)
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0e999999999999, 0",
        "1.0, 1",
        "1e2, 100",
        "10E-1, 1",
        "-1.50, -1.5",
        "123456789012345678901e0, ''",
        "100000000000000000000, 100000000000000000000",
        "1e21, 1e+21",
        "1000000000000000000000, 1e+21",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740992, 9007199254740992",
        "9007199254740993, ''",
        "333333333.33333329, ''",
        "0.1, 0.1",
        "0.10000000000000001, ''",
        "1e400, ''",
        "1e-400, ''",
        "4.9e-324, ''",
        "12345678901234567890, ''",
        "1e99999999999999999999, ''",
        "2e23, 2e+23"
    })
    void numbersAreKeptExactlyOrRefused(String token, String canonical) {
        if (canonical.isEmpty()) {
            assertThatThrownBy(() -> CanonicalJson.of("{\"a\":[1," + token + "]}"))
                    .isInstanceOfSatisfying(InvalidRecord.class, fault -> assertThat(fault.field())
                            .isEqualTo("a[1]"))
                    .hasMessageContaining("send it as a string");
        } else {
            assertThat(CanonicalJson.of(token)).isEqualTo(canonical);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"a",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{1:1}",
                "{}{}",
                "1 2",
                "[]]",
                "{]",
                "[}",
                "nul",
                "True",
                "NaN",
                "Infinity",
                "-Infinity",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "1_000",
                "\uFEFF{}",
                "\u00A01",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\",
                "\"a\nb\"",
                "\"\t\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\u0041\"",
                "\"\uD800\"",
                "\"\uDC00\"",
                "\"\uD83D" + "\\ude00\"",
                "\"\\ud83d\uDE00\"",
                "\"\\u0000\"",
                "\"\u0000\"",
                "{\"\\u0000\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":0,\"\\u0061\":2}",
                "/**/1",
                "{\"a\":1}x"
            })
    void hostileTextIsRefused(String text) {
        assertThatThrownBy(() -> CanonicalJson.of(text))
                .isInstanceOf(InvalidRecord.class)
                .hasMessageStartingWith("expected ");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"body\":{\"size\":1,\"size\":2}}`, body.size",
                "`{\"b\":[{},{\"x\":[0,\"\\ud800\"]}]}`, b[1].x[1]",
                "`{\"b\":{\"z\":1,\"a\":1,\"z\":2},\"c\":1}`, b.z"
            })
    void theFieldAtFaultIsNamed(String text, String field) {
        assertThatThrownBy(() -> CanonicalJson.of(text))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c08022", "22eda08022", "22f4908080 22", "22c3", "fe"})
    void brokenUtf8IsRefused(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> CanonicalJson.of(bytes))
                .isInstanceOf(InvalidRecord.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aReplacementCharacterThatWasSentStays() {
        assertThat(CanonicalJson.of("\"\uFFFD\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\"\uFFFD\"");
    }

    @Test
    void nestingEndsAtItsLimit() {
        int max = CanonicalJson.NESTING_MAX;
        String deepest = "[".repeat(max) + "]".repeat(max);

        assertThat(CanonicalJson.of(deepest)).isEqualTo(deepest);
        assertThatThrownBy(() -> CanonicalJson.of("[" + deepest + "]")).hasMessageContaining("64 levels");
        assertThatThrownBy(() -> CanonicalJson.of("{\"a\":".repeat(200_000))).hasMessageContaining("64 levels");
    }

    @Test
    void lengthIsCountedInBytes() {
        int max = CanonicalJson.TEXT_BYTES_MAX;
        String longest = "\"" + "a".repeat(max - 2) + "\"";

        assertThat(CanonicalJson.of(longest)).isEqualTo(longest);
        assertThatThrownBy(() -> CanonicalJson.of(longest + " ")).hasMessageContaining("1048576 bytes");
        assertThatThrownBy(() -> CanonicalJson.of((longest + " ").getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("but got 1048577");
        assertThatThrownBy(() -> CanonicalJson.of("\"" + "€".repeat(max / 3) + "\""))
                .hasMessageContaining("bytes");
    }

    @Test
    void aSecondImplementationAgreesOnRandomDocuments() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_DOCUMENTS; i++) {
            String text = RandomJson.document(random);
            String canonical = CanonicalJson.of(text);

            assertThat(canonical)
                    .as("seed %d, document %d: %s", SEED, i, text)
                    .isEqualTo(new JsonCanonicalizer(text).getEncodedString());
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
            assertThat(CanonicalJson.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(canonical);
        }
    }

    @Test
    void aKeyMayBeAsLongAsTheText() {
        String key = "k".repeat(200_000);

        assertThat(Json.parse("{\"" + key + "\":\"v\"}").text(key)).contains("v");
    }
}
