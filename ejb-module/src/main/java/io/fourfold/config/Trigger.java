package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.log.Did;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What starts something by itself.
 *
 * @param conditions all of them must hold, and {@code when} too, where there is one
 * @param inputs     each input of what is started, and the path in the event where its value is
 * @param onOwn      whether it hears what its own executions record
 */
public record Trigger(
        Occasion occasion,
        List<TriggerCondition> conditions,
        Optional<Expression> when,
        Goal goal,
        Map<String, String> inputs,
        boolean onOwn,
        TriggerLimits limits) {

    /** What it listens to. */
    public sealed interface Occasion {

        /** @param repository a glob over {@code owner/name} */
        record Github(String event, String repository) implements Occasion {}

        /** Any record of the log. */
        record Appended() implements Occasion {}

        /** @param catchUp what becomes of times that passed while no server ran */
        record Due(Schedule schedule, CatchUp catchUp) implements Occasion {}
    }

    /** Which of the times that were missed fire. */
    public enum CatchUp {
        NONE,
        /** The last of them. */
        ONE,
        /** Each, the latest hundred at most. */
        ALL
    }

    /** What it starts. */
    public sealed interface Goal {

        record Workflow(String id) implements Goal {}

        record Target(Did did) implements Goal {}
    }

    enum Source {
        RECORD,
        GITHUB,
        SCHEDULE
    }

    /** Its thread is named after it. */
    private static final Pattern A_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private static final Pattern EVENT = Pattern.compile("[a-z_]{1,64}(\\.[a-z_]{1,64})?");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._*?-]{1,100}(/[A-Za-z0-9._*?-]{1,100})?");
    private static final Pattern INPUT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");

    public Trigger {
        conditions = List.copyOf(conditions);
        inputs = Map.copyOf(inputs);
    }

    static Trigger read(Fields fields) {
        fields.matching("name", A_NAME, "1 to 100 of A-Z a-z 0-9 _ -");
        Source source = fields.oneOf("source", Source.class, null);
        Occasion occasion = occasion(fields, source);
        List<TriggerCondition> conditions = fields.objects("conditions").stream()
                .map(TriggerCondition::read)
                .toList();
        Optional<Expression> when = fields.has("expression")
                ? Optional.of(fields.expression("expression", Context.TRIGGER))
                : Optional.empty();
        if (source == Source.RECORD && conditions.isEmpty() && when.isEmpty()) {
            throw fields.wrong("expression", "an expression or conditions, for it would fire at every record");
        }
        return new Trigger(
                occasion,
                conditions,
                when,
                goal(fields),
                inputs(fields),
                fields.flag("on_own", false),
                TriggerLimits.read(fields, source));
    }

    private static Occasion occasion(Fields fields, Source source) {
        String unless = "with source " + Fields.wireName(source);
        if (source != Source.SCHEDULE) {
            fields.absent("schedule", unless);
            fields.absent("zone", unless);
            fields.absent("catch_up", unless);
        }
        if (source != Source.GITHUB) {
            fields.absent("event", unless);
            fields.absent("repository", unless);
        }
        return switch (source) {
            case RECORD -> new Occasion.Appended();
            case GITHUB ->
                new Occasion.Github(
                        fields.matching("event", EVENT, "an event such as pull_request.opened"),
                        fields.has("repository")
                                ? fields.matching("repository", REPOSITORY, "a glob over owner/name")
                                : "*");
            case SCHEDULE -> {
                fields.absent("conditions", unless);
                fields.absent("expression", unless);
                fields.absent("on_own", unless);
                fields.absent("debounce", unless);
                yield new Occasion.Due(Schedule.read(fields), fields.oneOf("catch_up", CatchUp.class, CatchUp.ONE));
            }
        };
    }

    private static Goal goal(Fields fields) {
        if (fields.has("workflow")) {
            fields.absent("target", "beside workflow");
            return new Goal.Workflow(fields.matching("workflow", AdapterEntry.WORKFLOW_ID, "the id of a workflow"));
        }
        if (!fields.has("target")) {
            throw fields.wrong("workflow", "a workflow or a target");
        }
        return new Goal.Target(fields.did("target"));
    }

    private static Map<String, String> inputs(Fields fields) {
        JsonNode mapping = fields.value("input_mapping");
        if (!mapping.isMissingNode() && !mapping.isObject() || mapping.size() > Fields.ITEMS_MAX) {
            throw fields.wrong("input_mapping", "an object of at most " + Fields.ITEMS_MAX + " inputs and paths");
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        mapping.properties().forEach(entry -> {
            String path = entry.getValue().asText();
            boolean well = INPUT.matcher(entry.getKey()).matches()
                    && entry.getValue().isTextual()
                    && TriggerCondition.PATH.matcher(path).matches();
            if (!well) {
                throw fields.wrong("input_mapping", "inputs, each with " + TriggerCondition.A_PATH);
            }
            inputs.put(entry.getKey(), path);
        });
        return inputs;
    }
}
