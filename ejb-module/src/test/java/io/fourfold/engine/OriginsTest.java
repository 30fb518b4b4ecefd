package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final Origins ORIGINS = new Origins("");

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8484", "localhost", "LOCALHOST:1", "127.0.0.1:8484", "127.0.1.1", "[::1]:8484"})
    void loopbackIsOurs(String host) {
        assertThat(ORIGINS.refusal("POST", host, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8484",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example@localhost",
                "localhost:8484:1",
                "[::1]evil",
                "[::2]",
                "0.0.0.0:8484",
                ""
            })
    void aNameThatWasBoundAnewIsRefusedEvenForReading(String host) {
        assertThat(ORIGINS.refusal("GET", host, null))
                .hasValueSatisfying(why -> assertThat(why).startsWith("Host: expected localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   https://evil.example",
        "PUT,    https://evil.example",
        "DELETE, https://evil.example",
        "POST,   null",
        "POST,   http://localhost:3000",
        "POST,   http://localhost",
        "POST,   http://127.0.0.1:8484",
        "post,   https://evil.example"
    })
    void aForeignPageChangesNothing(String method, String origin) {
        assertThat(ORIGINS.refusal(method, "localhost:8484", origin))
                .hasValue("Origin: expected none or http://localhost:8484, but was " + origin);
    }

    @Test
    void ourOwnPageIsHeard() {
        assertThat(ORIGINS.refusal("POST", "localhost:8484", "http://localhost:8484"))
                .isEmpty();
        assertThat(ORIGINS.refusal("POST", "localhost:8484", "https://localhost:8484"))
                .isEmpty();
    }

    @Test
    void aForeignPageMayBeLinkedFrom() {
        assertThat(ORIGINS.refusal("GET", "localhost:8484", "https://evil.example"))
                .isEmpty();
    }

    @Test
    void whatIsNoBrowserIsHeard() {
        assertThat(ORIGINS.refusal("POST", null, null)).isEmpty();
    }

    @Test
    void namesOfOursAreHeard() {
        Origins named = new Origins("fourfold.example.org, Other.example");
        assertThat(named.refusal("POST", "fourfold.example.org", "https://fourfold.example.org"))
                .isEmpty();
        assertThat(named.refusal("GET", "other.example:80", null)).isEmpty();
        assertThat(named.refusal("GET", "third.example", null)).isPresent();
    }
}
