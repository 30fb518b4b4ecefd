package io.fourfold.view.cache;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows as JSON: their public fields, nothing lost. */
final class RowJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.PUBLIC_ONLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(module())
            .build();

    private RowJson() {}

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("rows");
        module.addSerializer(Instant.class, ToStringSerializer.instance);
        module.addDeserializer(Instant.class, new FromStringDeserializer<>(Instant.class) {
            private static final long serialVersionUID = 1L;

            @Override
            protected Instant _deserialize(String text, DeserializationContext context) {
                return Instant.parse(text);
            }
        });
        module.addSerializer(BigDecimal.class, ToStringSerializer.instance);
        return module;
    }

    static String write(List<?> rows) {
        try {
            return MAPPER.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Rows always have a JSON form", impossible);
        }
    }

    /** Empty for what are no such rows. */
    static <V> Optional<List<V>> read(Class<V> type, String json) {
        try {
            return Optional.of(MAPPER.readerForListOf(type).readValue(json));
        } catch (JsonProcessingException foreign) {
            return Optional.empty();
        }
    }

    /** Of the columns: servers of another version, which have others, do not read these rows. */
    static String shape(Class<?> type) {
        String columns =
                Arrays.stream(type.getFields()).map(Field::toString).sorted().collect(Collectors.joining(","));
        return type.getSimpleName() + "-" + Integer.toHexString(columns.hashCode());
    }
}
