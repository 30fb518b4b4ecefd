package io.fourfold.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CEL's values as JSON has them. */
final class Plain {

    private static final int SHOWN_CHARACTERS = 300;

    private Plain() {}

    static Object of(Object value) {
        return switch (value) {
            case null -> null;
            case NullValue none -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Long whole -> whole;
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case UnsignedLong whole -> whole.bigIntegerValue();
            case TypeType type -> type.containingTypeName();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, inside) -> plain.put(String.valueOf(of(key)), of(inside)));
                yield plain;
            }
            case Iterable<?> list -> {
                List<Object> plain = new ArrayList<>();
                list.forEach(inside -> plain.add(of(inside)));
                yield plain;
            }
            case CelByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
            default -> value.toString();
        };
    }

    /** For messages: the type of what is large, the value of what is not. */
    static String shown(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "a map of " + map.size();
            case List<?> list -> "a list of " + list.size();
            case null, default -> shortened(String.valueOf(of(value)));
        };
    }

    static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
