package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.Change;
import io.fourfold.config.Identity;
import java.time.Instant;
import java.util.List;

/**
 * A rule that is in force.
 *
 * @param expression what must hold, or null where the topic has none
 * @param rest       its other fields, on one line
 * @param by         who wrote it, briefly
 * @param did        who wrote it, in full
 */
public record RuleLine(
        String name,
        String namespace,
        String record,
        String expression,
        String rest,
        String by,
        String did,
        Moment since,
        String link,
        boolean chosen) {

    static final String EXPRESSION = "expression";

    /** Fields that say which rule it is. */
    private static final List<String> IDENTITY = List.of("topic", "name", "namespace");

    /** @param body what the record says */
    static RuleLine of(Change change, JsonNode body, ConfigQuery query, Instant now) {
        Identity rule = change.identity();
        String did = change.by().value();
        return new RuleLine(
                rule.name(),
                rule.namespace(),
                change.record().hex(),
                body.path(EXPRESSION).textValue(),
                rest(body).toString(),
                Words.actor(did),
                did,
                Moment.of(change.at(), now),
                query.withRule(rule).link() + "#rule",
                rule.equals(query.identity()));
    }

    /** What is neither its identity nor its expression. */
    static ObjectNode rest(JsonNode body) {
        ObjectNode rest = body.deepCopy();
        return rest.remove(IDENTITY).without(EXPRESSION);
    }
}
