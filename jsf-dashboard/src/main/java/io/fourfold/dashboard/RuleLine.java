package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.Declared;
import io.fourfold.config.Identity;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
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

    static RuleLine of(Declared<?> rule, ConfigQuery query, Log log, Instant now) {
        Entry entry = log.find(rule.record()).orElseThrow();
        JsonNode body = rule.body().tree();
        String did = entry.draft().actor().value();
        return new RuleLine(
                rule.name(),
                rule.namespace(),
                rule.record().hex(),
                body.path(EXPRESSION).textValue(),
                rest(body).toString(),
                Words.actor(did),
                did,
                Moment.of(entry.recordedAt(), now),
                query.withRule(rule.identity()).link() + "#rule",
                rule.identity().equals(query.identity()));
    }

    /** What is neither its identity nor its expression. */
    static ObjectNode rest(JsonNode body) {
        ObjectNode rest = body.deepCopy();
        return rest.remove(IDENTITY).without(EXPRESSION);
    }

    /** What a record of configuration does, in a word. */
    static String deed(JsonNode body) {
        return body.path("removed").asBoolean()
                ? "removes"
                : body.path("enabled").asBoolean(true) ? "sets" : "ends";
    }

    static String where(Identity rule) {
        return rule.topic() + " " + rule.path();
    }
}
