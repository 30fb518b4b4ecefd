package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.expression.ExpressionFault;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Did;
import io.fourfold.log.InvalidRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a record's body as its topic asks for them. Each question either gets a value or throws a
 * {@link ConfigFault}; what nobody asked for is refused by {@link #end}, so that nothing is accepted and ignored.
 */
final class Fields {

    /** Items of a list, or fields of an object, that a record may carry. */
    static final int ITEMS_MAX = 64;

    private static final int SHOWN_CHARS_MAX = 80;

    private final JsonNode body;
    private final String place;
    private final Expressions expressions;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(JsonNode body, Expressions expressions) {
        this(body, "", expressions);
    }

    private Fields(JsonNode body, String place, Expressions expressions) {
        this.body = body;
        this.place = place;
        this.expressions = expressions;
    }

    boolean has(String name) {
        return !value(name).isMissingNode();
    }

    /** As it is; missing when it is not there. */
    JsonNode value(String name) {
        asked.add(name);
        return body.path(name);
    }

    String text(String name) {
        JsonNode value = value(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(name, "text");
        }
        return value.textValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    String matching(String name, Pattern shape, String expected) {
        String text = text(name);
        if (!shape.matcher(text).matches()) {
            throw wrong(name, expected);
        }
        return text;
    }

    boolean flag(String name, boolean fallback) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean(fallback);
    }

    long whole(String name, long fallback) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.longValue();
    }

    long whole(String name, long fallback, long least, long most) {
        long value = whole(name, fallback);
        if (value < least || value > most) {
            throw wrong(name, least + " to " + most);
        }
        return value;
    }

    /** A number, or the same as text: money is written as text elsewhere. Null when it is not there. */
    BigDecimal decimal(String name, String least, String most) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return null;
        }
        BigDecimal number = number(value);
        if (number == null
                || number.compareTo(new BigDecimal(least)) < 0
                || number.compareTo(new BigDecimal(most)) > 0) {
            throw wrong(name, "a number from " + least + " to " + most);
        }
        return number;
    }

    private static BigDecimal number(JsonNode value) {
        boolean plain = value.isTextual() && value.textValue().matches("-?\\d{1,15}(\\.\\d{1,15})?");
        return plain ? new BigDecimal(value.textValue()) : value.isNumber() ? value.decimalValue() : null;
    }

    BigDecimal decimal(String name, String fallback, String least, String most) {
        BigDecimal given = decimal(name, least, most);
        return given == null ? new BigDecimal(fallback) : given;
    }

    Did did(String name) {
        String text = text(name);
        try {
            return new Did(text);
        } catch (InvalidRecord wrong) {
            throw new ConfigFault(place + name, wrong.getMessage());
        }
    }

    Expression expression(String name, Context context) {
        String text = text(name);
        try {
            return expressions.compile(context, text);
        } catch (ExpressionFault broken) {
            throw new ConfigFault(place + name, broken);
        }
    }

    /** By its name in lower case; {@code fallback} is null when it must be there. */
    <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
        if (!has(name) && fallback != null) {
            return fallback;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> wireName(value).equals(body.path(name).textValue()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Fields::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Texts, none of them blank; empty when the field is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isTextual() || item.textValue().isBlank()) {
                throw wrong(name, "an array of text");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** The fields of each object in a list; empty when the field is not there. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isObject()) {
                throw wrong(name, "an array of objects");
            }
            objects.add(new Fields(item, place + name + "[" + objects.size() + "].", expressions));
        }
        return objects;
    }

    private JsonNode items(String name) {
        JsonNode items = value(name);
        if (!items.isMissingNode() && (!items.isArray() || items.size() > ITEMS_MAX)) {
            throw wrong(name, "an array of at most " + ITEMS_MAX);
        }
        return items;
    }

    /** Refuses a field that stands in no relation to the others. */
    void absent(String name, String unless) {
        if (has(name)) {
            throw new ConfigFault(place + name, "expected none " + unless + ", but was " + shown(body.path(name)));
        }
    }

    ConfigFault wrong(String name, String expected) {
        JsonNode was = body.path(name);
        return new ConfigFault(
                place + name,
                "expected " + expected + ", but " + (was.isMissingNode() ? "it is missing" : "was " + shown(was)));
    }

    /** Refuses the first field that was not asked for. */
    void end() {
        body.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw new ConfigFault(
                        place + shortened(name, SHOWN_CHARS_MAX),
                        "expected one of " + String.join(", ", asked) + ", but this field is unknown");
            }
        });
    }

    private static String shown(JsonNode value) {
        return shortened(value.toString(), SHOWN_CHARS_MAX);
    }

    static String shortened(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax) + "…";
    }
}
