package io.fourfold.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.DataType;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.query.Field.Column;
import io.fourfold.query.Filter.Relation;
import java.time.DateTimeException;
import java.util.Arrays;

/** Reads what a field is compared with, as the field's type asks. */
final class Operands {

    private Operands() {}

    static Operand read(Field field, Relation relation, JsonNode value, String path) {
        return switch (field) {
            case Field.Body body -> body(relation, value, path);
            case Column column -> column(column, value, path);
        };
    }

    private static Operand body(Relation relation, JsonNode value, String path) {
        if (value.isTextual()) {
            return new Operand.Text(value.textValue());
        }
        if (value.isNumber()) {
            return new Operand.Number(value.decimalValue());
        }
        if (relation != Relation.EQUAL) {
            throw wrong(path, "text or a number", value);
        }
        return new Operand.Other(CanonicalJson.of(value.toString()));
    }

    private static Operand column(Column column, JsonNode value, String path) {
        if (column.holds() == Field.Holds.WHOLE_NUMBER) {
            if (!value.canConvertToLong() || !value.canConvertToExactIntegral()) {
                throw wrong(path, "a whole number", value);
            }
            return new Operand.Whole(value.longValue());
        }
        if (!value.isTextual()) {
            throw wrong(path, "text", value);
        }
        String text = value.textValue();
        return switch (column.holds()) {
            case TEXT, WHOLE_NUMBER -> new Operand.Text(text);
            case ACT -> oneOf(Act.values(), value, path);
            case DATA_TYPE -> oneOf(DataType.values(), value, path);
            case TIME -> time(value, path);
            case ID -> id(value, path);
        };
    }

    private static Operand oneOf(Enum<?>[] values, JsonNode value, String path) {
        if (Arrays.stream(values).noneMatch(v -> v.name().equals(value.textValue()))) {
            throw wrong(path, "one of " + Arrays.toString(values), value);
        }
        return new Operand.Text(value.textValue());
    }

    private static Operand time(JsonNode value, String path) {
        try {
            return new Operand.Time(Moments.instant(value.textValue()));
        } catch (DateTimeException noTime) {
            throw wrong(path, "a time such as 2026-11-20T05:57:18.123456Z", value);
        }
    }

    private static Operand id(JsonNode value, String path) {
        try {
            return new Operand.Id(new EntryId(value.textValue()));
        } catch (InvalidRecord noId) {
            throw wrong(path, "64 lower-case hexadecimal digits", value);
        }
    }

    private static InvalidQuery wrong(String path, String expected, JsonNode value) {
        return new InvalidQuery(path, "expected " + expected + ", but was " + FilterReader.shown(value));
    }
}
