package io.fourfold.permission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import java.util.TreeMap;

/**
 * What is recorded of denials.
 *
 * @param subject of the first of them; null for those too many to be told apart
 * @param count   how many there were since the record before
 */
public record Denial(Subject subject, String rule, long count) {

    public static final String KIND = "permission.denied.v1";

    /** {@code actor, resource, rule}, each null for those too many to be told apart, and {@code count}. */
    public Json body() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("kind", KIND).put("count", count);
        body.put("rule", rule);
        body.put("actor", subject == null ? null : subject.actor().value());
        if (subject == null) {
            body.putNull("resource");
        } else {
            ObjectNode resource = body.putObject("resource");
            new TreeMap<>(subject.resource()).forEach((name, value) -> resource.put(name, String.valueOf(value)));
        }
        return Json.of(body);
    }
}
