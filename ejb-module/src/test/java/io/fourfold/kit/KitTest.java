package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KitTest {

    record Thing(String someName, Instant at, BigDecimal costUsd, String none) {}

    @Nested
    class OfWire {

        @Test
        void namesAreSnakeCaseTimesIsoMoneyTextAndNullsLeftOut() throws JsonProcessingException {
            Thing thing = new Thing("x", Instant.parse("2026-03-01T12:00:00.5Z"), new BigDecimal("1.50"), null);
            assertThat(Wire.MAPPER.writeValueAsString(thing))
                    .isEqualTo("{\"some_name\":\"x\",\"at\":\"2026-03-01T12:00:00.500Z\",\"cost_usd\":\"1.5\"}");
        }

        @Test
        void fieldsOfANewerVersionArePassedOver() throws JsonProcessingException {
            assertThat(Wire.MAPPER
                            .readValue("{\"some_name\":\"x\",\"newer\":1}", Thing.class)
                            .someName())
                    .isEqualTo("x");
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "0.00, 0",
            "-0.0, 0",
            "1.50, 1.5",
            "0.02085535, 0.02085535",
            "1E+3, 1000",
            "1E-8, 0.00000001",
            "100, 100"
        })
        void moneyIsADecimalWithoutExponentOrTrailingZeros(BigDecimal value, String text) {
            assertThat(Wire.money(value)).isEqualTo(text);
        }
    }

    @Nested
    class OfEventCodec {
        private final EventCodec<Thing> codec = new EventCodec<>(Map.of("thing.made.v1", Thing.class));

        private Entry entry(String thread, String body) {
            return new Entries().add(new ThreadId(thread), Act.KNOW, Json.parse(body));
        }

        @Test
        void anotherKindIsNotOurs() {
            assertThat(codec.read(entry("th_thing.x", "{\"kind\":\"thing.made.v2\"}")))
                    .isEmpty();
            assertThat(codec.read(entry("th_thing.x", "{}"))).isEmpty();
        }

        @Test
        void ourKindOnAForeignThreadIsNotOurs() {
            String body = "{\"kind\":\"thing.made.v1\",\"some_name\":\"x\"}";
            assertThat(codec.read(entry("th_thing.x", body))).isPresent();
            assertThat(codec.read(entry("th_work", body))).isEmpty();
            assertThat(codec.read(entry("th_thing", body))).isEmpty();
        }

        @Test
        void anEventThatCannotBeReadIsNamed() {
            Entry broken = entry("th_thing.x", "{\"kind\":\"thing.made.v1\",\"some_name\":[]}");
            assertThatThrownBy(() -> codec.read(broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(broken.id().hex());
        }
    }

    @Nested
    class OfIds {
        private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00.123Z"));
        private final Ids ids = new Ids(new Random(1), clock);

        @Test
        void aUuidIsOfVersionSevenAndBeginsWithItsMillisecond() {
            for (int i = 0; i < 1_000; i++) {
                UUID id = UUID.fromString(ids.uuid());
                assertThat(id.version()).isEqualTo(7);
                assertThat(id.variant()).isEqualTo(2);
                assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
            }
        }

        @Test
        void uuidsSortByTime() {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                made.add(ids.uuid());
                clock.pass(Duration.ofMillis(1));
            }
            assertThat(made).isSorted().doesNotHaveDuplicates();
        }

        @Test
        void otherIdsAreAPrefixAndTwelveDigits() {
            assertThat(ids.execution()).matches("exec-[0-9a-f]{12}");
            assertThat(ids.workspace()).matches("ws-[0-9a-f]{12}");
            assertThat(ids.execution()).isNotEqualTo(ids.execution());
        }
    }

    @Nested
    class OfDisplay {

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "999, 999",
            "1000, 1k",
            "148200, 148.2k",
            "999949, 999.9k",
            "999950, 1.000M",
            "1204000, 1.204M",
            "12345678, 12.35M"
        })
        void tokensHaveAtMostFourDigits(long count, String text) {
            assertThat(Display.tokens(count)).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({"0, $0.00", "12.345, $12.35", "0.01, $0.01", "0.0042, $0.0042", "0.00004, $0.0000", "1000, $1000.00"
        })
        void costIsInCentsAndBelowACentInFourDigits(BigDecimal usd, String text) {
            assertThat(Display.cost(usd)).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0 ms",
            "99, 99 ms",
            "100, 0.1 s",
            "840, 0.8 s",
            "59940, 59.9 s",
            "59999, 59.9 s",
            "60000, 1 m 00 s",
            "252000, 4 m 12 s",
            "7380000, 2 h 03 m"
        })
        void aDurationHasTheUnitThatFits(long millis, String text) {
            assertThat(Display.duration(Duration.ofMillis(millis))).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({"45, 45 s", "900, 15 m", "90, 1 m 30 s", "3600, 1 h", "5400, 1 h 30 m"})
        void aLimitLeavesOutWhatIsZero(long seconds, String text) {
            assertThat(Display.limit(Duration.ofSeconds(seconds))).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({"-3, now", "4, now", "12, 12 s ago", "240, 4 m ago", "10800, 3 h ago", "172800, 2 d ago"})
        void agoIsInTheUnitThatFits(long seconds, String text) {
            assertThat(Display.ago(Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds)))
                    .isEqualTo(text);
        }

        @Test
        void noDurationIsADash() {
            assertThat(Display.duration(null)).isEqualTo("—");
            assertThat(Display.between(null, null, Instant.EPOCH)).isNull();
            assertThat(Display.between(Instant.EPOCH, null, Instant.EPOCH.plusSeconds(2)))
                    .isEqualTo(Duration.ofSeconds(2));
        }
    }
}
