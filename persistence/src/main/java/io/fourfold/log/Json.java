package io.fourfold.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A JSON object in canonical form (RFC 8785). Equal exactly when the canonical texts are equal, and immutable: the tree
 * handed out is for reading.
 */
public final class Json {

    public static final Json EMPTY = new Json("{}");

    /** Jackson's own limit on the length of a key is below ours, and what was stored must be readable. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(CanonicalJson.TEXT_BYTES_MAX)
                    .build())
            .build());

    private final String canonical;
    private JsonNode tree;
    private Object reading;
    private String kind;

    private Json(String canonical) {
        this.canonical = canonical;
    }

    /** Reads strictly, see {@link CanonicalJson}; throws {@link InvalidRecord} for what cannot be kept exactly. */
    public static Json parse(String text) {
        String canonical = CanonicalJson.of(text);
        if (canonical.charAt(0) != '{') {
            throw new InvalidRecord("body", "expected a JSON object, but was " + Shown.of(canonical));
        }
        return new Json(canonical);
    }

    public static Json of(JsonNode tree) {
        return parse(tree.toString());
    }

    /** Trusts that the text is canonical already: only for what this class wrote itself. */
    public static Json canonical(String text) {
        return new Json(text);
    }

    public String canonical() {
        return canonical;
    }

    public JsonNode tree() {
        if (tree == null) {
            try {
                tree = MAPPER.readTree(canonical);
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("Canonical JSON does not parse: " + canonical, impossible);
            }
        }
        return tree;
    }

    /** The text at {@code kind}, or an empty one; asked for more than anything else. */
    String kind() {
        String known = kind;
        if (known == null) {
            known = text("kind").orElse("");
            kind = known;
        }
        return known;
    }

    /** This object read as a type, whose values never change; the last reading is kept, for many ask for the same. */
    public <T> T as(Class<T> type, Supplier<T> read) {
        Object known = reading;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T fresh = read.get();
        reading = fresh;
        return fresh;
    }

    /** The value of a top-level field; the tree is not made for a field that is not there. */
    public Optional<JsonNode> field(String name) {
        if (tree == null && !canonical.contains(CanonicalJson.quote(name))) {
            return Optional.empty();
        }
        return Optional.ofNullable(tree().get(name));
    }

    /** The text at a top-level field; empty when absent or not text. */
    public Optional<String> text(String field) {
        return field(field).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    public boolean isTrue(String field) {
        return field(field).map(node -> node.isBoolean() && node.booleanValue()).orElse(false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && json.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical;
    }
}
