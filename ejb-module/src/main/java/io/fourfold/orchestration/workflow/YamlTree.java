package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/**
 * A YAML document as a JSON tree that remembers where everything stood. A place is named by its path:
 * {@code phases[1].prompt_file}; the document itself by the empty path.
 *
 * @param values where each value starts
 * @param keys   where each field's name starts
 */
public record YamlTree(
        String file,
        List<String> lines,
        JsonNode root,
        Map<String, Spot> values,
        Map<String, Spot> keys,
        List<Problem> problems) {

    /** A place in the file, from 1. */
    public record Spot(int line, int column) {
        static final Spot START = new Spot(1, 1);
    }

    public Problem at(String path, String message) {
        return problem(values.getOrDefault(path, Spot.START), path, message);
    }

    public Problem atKey(String path, String message) {
        return problem(keys.getOrDefault(path, values.getOrDefault(path, Spot.START)), path, message);
    }

    /** A problem at the first mention of a token within the value at a path, else where the value starts. */
    Problem atToken(String path, String token, String message) {
        Spot start = values.getOrDefault(path, Spot.START);
        for (int line = start.line(); line <= lines.size(); line++) {
            int from = line == start.line() ? start.column() - 1 : 0;
            int found = lines.get(line - 1).indexOf(token, from);
            if (found >= 0) {
                return problem(new Spot(line, found + 1), path, message);
            }
        }
        return problem(start, path, message);
    }

    private Problem problem(Spot spot, String path, String message) {
        return new Problem(file, spot.line(), spot.column(), path, message);
    }

    /** The value of a field, missing when there is none or when the parent is not a group of fields. */
    static JsonNode field(JsonNode parent, String name) {
        JsonNode value = parent.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    public static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
