package io.fourfold.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a piece of work looks like: the types of what goes in and of what comes out, not the values. Its hashes are
 * SHA-256 of canonical JSON; what is equal at one level is equal at every coarser one.
 *
 * @param dial how new it may be
 * @param in   the skeleton of what is asked
 * @param op   its {@code kind}, else its {@code topic}, else its act in lower case
 * @param out  the skeleton of what came back
 * @param p    the act
 */
public record Shape(String dial, JsonNode in, String op, JsonNode out, String p) {

    /** Fields that say nothing of the work. */
    private static final Set<String> BOOKKEEPING = Set.of("namespace", "dial");

    /** Of a record that was answered by a body like this. */
    public static Shape of(Draft draft, Json answer) {
        Json body = draft.body();
        String op = body.text("kind")
                .or(() -> body.text("topic"))
                .orElse(draft.act().name().toLowerCase(Locale.ROOT));
        return new Shape(
                Dial.of(body).name(),
                skeleton(body.tree()),
                op,
                skeleton(answer.tree()),
                draft.act().name());
    }

    /** {@code {dial, in, op, out, p}} */
    public String l1() {
        return hash(node().put("dial", dial).put("op", op).put("p", p));
    }

    /** {@code {in, out, p}} */
    public String l2() {
        return hash(node().put("p", p));
    }

    /** {@code {in, out}} */
    public String l3() {
        return hash(node());
    }

    private ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("in", in);
        node.set("out", out);
        return node;
    }

    private static String hash(ObjectNode node) {
        return Sha256.hex(Json.of(node).canonical().getBytes(StandardCharsets.UTF_8));
    }

    /** Types in the place of values; a list is the types of its elements, each once. */
    static JsonNode skeleton(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                value.properties().stream()
                        .filter(field -> !BOOKKEEPING.contains(field.getKey()))
                        .forEach(field -> node.set(field.getKey(), skeleton(field.getValue())));
                yield node;
            }
            case ARRAY -> {
                TreeMap<String, JsonNode> types = new TreeMap<>();
                value.forEach(element -> {
                    JsonNode type = skeleton(element);
                    types.put(type.toString(), type);
                });
                ArrayNode node = JsonNodeFactory.instance.arrayNode();
                types.values().forEach(node::add);
                yield node;
            }
            case STRING, NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO ->
                new TextNode(value.getNodeType().name().toLowerCase(Locale.ROOT));
        };
    }

    /** Whether a record asks for the same, as far as a level looks. */
    boolean asksAs(Shape asked, boolean wholly) {
        boolean same = in.equals(asked.in);
        return wholly ? same && dial.equals(asked.dial) && op.equals(asked.op) && p.equals(asked.p) : same;
    }
}
