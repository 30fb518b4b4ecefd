package io.fourfold.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small lists and maps in one {@code jsonb} column, which the driver hands over as an object of its own. */
final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    /** A list of strings. */
    @Converter
    public static class Strings implements AttributeConverter<List<String>, Object> {
        @Override
        public Object convertToDatabaseColumn(List<String> value) {
            return write(value);
        }

        @Override
        public List<String> convertToEntityAttribute(Object column) {
            return column == null ? List.of() : read(column.toString(), new TypeReference<>() {});
        }
    }

    /** A map of strings, in the order of its keys. */
    @Converter
    public static class Texts implements AttributeConverter<Map<String, String>, Object> {
        @Override
        public Object convertToDatabaseColumn(Map<String, String> value) {
            return write(value);
        }

        @Override
        public Map<String, String> convertToEntityAttribute(Object column) {
            return column == null ? Map.of() : read(column.toString(), new TypeReference<TreeMap<String, String>>() {});
        }
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Strings always have a JSON form", impossible);
        }
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Expected a column of JSON, but was " + text, broken);
        }
    }
}
