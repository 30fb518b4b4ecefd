package io.fourfold.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small lists and maps in one {@code jsonb} column. */
final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    /** A list of strings. */
    @Converter
    public static class Strings implements AttributeConverter<List<String>, String> {
        @Override
        public String convertToDatabaseColumn(List<String> value) {
            return write(value);
        }

        @Override
        public List<String> convertToEntityAttribute(String text) {
            return text == null ? List.of() : read(text, new TypeReference<>() {});
        }
    }

    /** A map of strings, in the order of its keys. */
    @Converter
    public static class Texts implements AttributeConverter<Map<String, String>, String> {
        @Override
        public String convertToDatabaseColumn(Map<String, String> value) {
            return write(value);
        }

        @Override
        public Map<String, String> convertToEntityAttribute(String text) {
            return text == null ? Map.of() : read(text, new TypeReference<TreeMap<String, String>>() {});
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
