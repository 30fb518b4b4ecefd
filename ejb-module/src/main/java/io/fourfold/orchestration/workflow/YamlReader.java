package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.orchestration.workflow.YamlTree.Spot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads one YAML 1.2 document into a {@link YamlTree}. It constructs nothing from tags, and a small text cannot become
 * a large tree: size, depth and, aliases included, the number of values are limited.
 */
public final class YamlReader {

    static final int YAML_MAX_BYTES = 1 << 20;
    static final int DEPTH_MAX = 32;
    static final int VALUES_MAX = 50_000;
    static final int NUMBER_MAX_DIGITS = 40;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(YAML_MAX_BYTES)
            .setMaxAliasesForCollections(VALUES_MAX)
            .build();

    private final String file;
    private final int linesBefore;
    private final Map<String, Spot> values = new HashMap<>();
    private final Map<String, Spot> keys = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int count;

    private YamlReader(String file, int linesBefore) {
        this.file = file;
        this.linesBefore = linesBefore;
    }

    /** What makes the document unreadable as a whole. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Optional<Mark> mark;

        Unreadable(Optional<Mark> mark, String message) {
            super(message);
            this.mark = mark;
        }
    }

    public static YamlTree read(String text, String file) {
        return read(text, file, 0);
    }

    /** Reads a document that stands in a file after some other lines. */
    static YamlTree read(String text, String file, int linesBefore) {
        return new YamlReader(file, linesBefore).tree(text);
    }

    private YamlTree tree(String text) {
        JsonNode root = JsonNodeFactory.instance.missingNode();
        try {
            checkSize(text);
            checkDepth(text);
            Optional<Node> node = new Compose(SETTINGS).composeString(text);
            root = convert(
                    node.orElseThrow(() -> new Unreadable(Optional.empty(), "expected fields, but it is empty")), "");
        } catch (Unreadable unreadable) {
            problems.add(problem(unreadable.mark, "", unreadable.getMessage()));
        } catch (MarkedYamlEngineException broken) {
            problems.add(problem(
                    broken.getProblemMark(),
                    "",
                    "expected YAML, but " + broken.getProblem().replaceFirst("^but ", "")));
        } catch (YamlEngineException broken) {
            problems.add(problem(Optional.empty(), "", "expected YAML, but " + firstLine(broken.getMessage())));
        }
        List<String> lines = new ArrayList<>(Collections.nCopies(linesBefore, ""));
        text.lines().forEach(lines::add);
        return new YamlTree(file, lines, root, values, keys, problems);
    }

    private static void checkSize(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > YAML_MAX_BYTES) {
            throw new Unreadable(
                    Optional.empty(), "expected at most " + YAML_MAX_BYTES + " bytes, but it has " + bytes);
        }
    }

    private static void checkDepth(String text) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEPTH_MAX) {
                throw new Unreadable(
                        event.getStartMark(), "expected at most " + DEPTH_MAX + " levels, but it is deeper");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private JsonNode convert(Node node, String path) {
        if (++count > VALUES_MAX) {
            throw new Unreadable(node.getStartMark(), "expected at most " + VALUES_MAX + " values, aliases included");
        }
        if (node.isRecursive()) {
            throw new Unreadable(node.getStartMark(), "expected an end, but this value contains itself");
        }
        values.put(path, spot(node.getStartMark()));
        return switch (node.getNodeType()) {
            case MAPPING -> fields((MappingNode) node, path);
            case SEQUENCE -> items((SequenceNode) node, path);
            case SCALAR -> scalar((ScalarNode) node, path);
            default -> throw new Unreadable(node.getStartMark(), "expected a value, but found an anchor alone");
        };
    }

    private ObjectNode fields(MappingNode node, String path) {
        checkTag(node, Tag.MAP, path);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(problem(tuple.getKeyNode().getStartMark(), path, "expected a name before the colon"));
                continue;
            }
            String child = YamlTree.child(path, name.getValue());
            if (fields.has(name.getValue())) {
                String message = "expected it once, but it stands in line "
                        + keys.get(child).line() + " already";
                problems.add(problem(name.getStartMark(), child, message));
                continue;
            }
            keys.put(child, spot(name.getStartMark()));
            fields.set(name.getValue(), convert(tuple.getValueNode(), child));
        }
        return fields;
    }

    private ArrayNode items(SequenceNode node, String path) {
        checkTag(node, Tag.SEQ, path);
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Node item : node.getValue()) {
            items.add(convert(item, YamlTree.item(path, items.size())));
        }
        return items;
    }

    private JsonNode scalar(ScalarNode node, String path) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return make.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return make.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, path, node);
        }
        checkTag(node, Tag.STR, path);
        return make.textNode(text);
    }

    private JsonNode number(String text, String path, ScalarNode node) {
        try {
            BigDecimal number = text.length() > NUMBER_MAX_DIGITS ? null : new BigDecimal(text);
            if (number != null && Math.abs((long) number.scale()) <= NUMBER_MAX_DIGITS) {
                return node.getTag().equals(Tag.INT)
                        ? JsonNodeFactory.instance.numberNode(number.toBigIntegerExact())
                        : DecimalNode.valueOf(number);
            }
        } catch (NumberFormatException notDecimal) {
            // Falls through: .nan and .inf are numbers to YAML and to nobody here.
        }
        problems.add(problem(
                node.getStartMark(),
                path,
                "expected a number of at most " + NUMBER_MAX_DIGITS + " digits, but was " + Shown.text(text)));
        return JsonNodeFactory.instance.missingNode();
    }

    private void checkTag(Node node, Tag expected, String path) {
        if (!node.getTag().equals(expected)) {
            problems.add(problem(node.getStartMark(), path, "expected no tag, but was " + node.getTag()));
        }
    }

    private Problem problem(Optional<Mark> mark, String path, String message) {
        Spot spot = mark.isPresent() ? spot(mark) : new Spot(1 + linesBefore, 1);
        return new Problem(file, spot.line(), spot.column(), path, message);
    }

    private Spot spot(Optional<Mark> mark) {
        return mark.map(at -> new Spot(at.getLine() + 1 + linesBefore, at.getColumn() + 1))
                .orElse(new Spot(1 + linesBefore, 1));
    }

    private static String firstLine(String message) {
        return message == null ? "it is not" : message.lines().findFirst().orElse("it is not");
    }
}
