package io.fourfold.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import java.util.List;
import java.util.Optional;

/** A trigger that many want: a row. What is given beside its name replaces its fields. */
public record Preset(String name, String body) {

    public static final List<Preset> IN_ORDER =
            List.of(new Preset("self-healing", """
                    {"source": "github", "event": "check_run.completed",
                     "conditions": [
                       {"field": "check_run.conclusion", "operator": "eq", "value": "failure"},
                       {"field": "check_run.pull_requests", "operator": "not_empty"}],
                     "input_mapping": {
                       "repository": "repository.full_name",
                       "pull_request": "check_run.pull_requests[0].number",
                       "check": "check_run.name"}}
                    """), new Preset("review-fix", """
                    {"source": "github", "event": "pull_request_review.submitted",
                     "conditions": [
                       {"field": "review.state", "operator": "in", "value": ["changes_requested", "commented"]}],
                     "input_mapping": {
                       "repository": "repository.full_name",
                       "pull_request": "pull_request.number",
                       "review": "review.body"}}
                    """), new Preset("comment-command", """
                    {"source": "github", "event": "issue_comment.created",
                     "conditions": [
                       {"field": "comment.body", "operator": "contains", "value": "/fourfold"}],
                     "input_mapping": {
                       "repository": "repository.full_name",
                       "issue": "issue.number",
                       "comment": "comment.body"}}
                    """));

    public static Optional<Preset> of(String name) {
        return IN_ORDER.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    public static List<String> names() {
        return IN_ORDER.stream().map(Preset::name).toList();
    }

    /** The fields of a trigger record named after the preset, where {@code given} names none. */
    public ObjectNode with(ObjectNode given) {
        try {
            ObjectNode fields = ((ObjectNode) Wire.MAPPER.readTree(body)).put("name", name);
            fields.setAll(given);
            return fields;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A preset is JSON", impossible);
        }
    }
}
