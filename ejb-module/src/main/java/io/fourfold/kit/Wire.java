package io.fourfold.kit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The one JSON form of our own types: snake_case, times as ISO-8601 UTC, money as decimal strings, nulls left out.
 * Fields that a reader does not know are passed over, so that an older node reads a newer event.
 */
public final class Wire {

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(module())
            .build();

    private Wire() {}

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("fourfold");
        module.addSerializer(Instant.class, writer((value, out) -> out.writeString(value.toString())));
        module.addDeserializer(Instant.class, reader(in -> Instant.parse(in.getText())));
        module.addSerializer(BigDecimal.class, writer((value, out) -> out.writeString(money(value))));
        module.addDeserializer(BigDecimal.class, reader(in -> new BigDecimal(in.getText())));
        return module;
    }

    /** A decimal without exponent or trailing zeros: {@code 0.02085535}, {@code 0}. */
    public static String money(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private interface Write<T> {
        void to(T value, JsonGenerator out) throws IOException;
    }

    private interface Read<T> {
        T from(JsonParser in) throws IOException;
    }

    private static <T> JsonSerializer<T> writer(Write<T> write) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                write.to(value, out);
            }
        };
    }

    private static <T> JsonDeserializer<T> reader(Read<T> read) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return read.from(in);
            }
        };
    }
}
