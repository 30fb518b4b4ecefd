package io.fourfold.view;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A list of texts as {@code text[]}; written as a literal, which the server reads as the column's type. */
@Converter
public class TextArray implements AttributeConverter<List<String>, Object> {

    @Override
    public Object convertToDatabaseColumn(List<String> value) {
        return value.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public List<String> convertToEntityAttribute(Object column) {
        try {
            return switch (column) {
                case null -> List.of();
                case Array array -> texts((Object[]) array.getArray());
                case Object[] items -> texts(items);
                default -> throw new IllegalStateException("Expected a column of text[], but was " + column);
            };
        } catch (SQLException broken) {
            throw new IllegalStateException("Expected a column of text[], but it cannot be read", broken);
        }
    }

    private static List<String> texts(Object[] items) {
        return Arrays.stream(items).map(String.class::cast).toList();
    }
}
