package io.fourfold.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.pattern.Pattern;
import io.fourfold.pattern.PatternRegistry;
import io.fourfold.routing.Situation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * Does again what a settled pattern did: its chain of records, with the new parameters, on the thread of the record
 * that asks. Calls nobody. Written again it is the same chain.
 */
public final class ReplayAdapter implements Adapter {

    private static final java.util.regex.Pattern PARAMETER =
            java.util.regex.Pattern.compile("\\{\\{([A-Za-z0-9_.-]{1,200})}}");

    private final Supplier<PatternRegistry> patterns;
    private final Function<Append, Receipt> inlet;

    public ReplayAdapter(Supplier<PatternRegistry> patterns, Function<Append, Receipt> inlet) {
        this.patterns = patterns;
        this.inlet = inlet;
    }

    @Override
    public String family() {
        return "replay";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Report perform(Brief brief) {
        PatternRegistry registry = patterns.get();
        Optional<Pattern> found = registry.match(brief.record().draft())
                .filter(match -> match.level() == Situation.Level.REPLAY)
                .map(match -> registry.byId().get(match.pattern()));
        if (found.isEmpty()) {
            return Report.failed("Expected a settled pattern to replay, but there is none any more");
        }
        Pattern pattern = found.get();
        Did actor = new Did("did:fourfold:system:replay:" + brief.dispatchId());
        for (int i = 0; i < pattern.plan().size(); i++) {
            Receipt receipt = inlet.apply(Append.of(said(brief.record(), actor, pattern, i)));
            if (receipt instanceof Receipt.Refused refused) {
                return Report.failed("step " + i + ": " + refused.refusal().message());
            }
        }
        return Report.done();
    }

    private static Draft said(Entry record, Did actor, Pattern pattern, int step) {
        Pattern.Said said = pattern.plan().get(step);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        said.body()
                .properties()
                .forEach(field -> body.set(
                        field.getKey(), filled(field.getValue(), record.body().tree())));
        body.put("dispatch_handled", true).put("replay_of", pattern.id()).put("namespace", record.namespace());
        return new Draft(
                List.of(record.id()),
                record.thread(),
                actor,
                said.act(),
                Json.of(body),
                (long) step,
                DataType.SCALAR,
                null);
    }

    /** A text that is one parameter alone becomes its value, of whatever type. */
    private static JsonNode filled(JsonNode template, JsonNode values) {
        return switch (template.getNodeType()) {
            case OBJECT -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                template.properties().forEach(field -> node.set(field.getKey(), filled(field.getValue(), values)));
                yield node;
            }
            case ARRAY -> {
                ArrayNode node = JsonNodeFactory.instance.arrayNode();
                template.forEach(element -> node.add(filled(element, values)));
                yield node;
            }
            case STRING -> text(template.textValue(), values);
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> template;
        };
    }

    private static JsonNode text(String template, JsonNode values) {
        Matcher parameter = PARAMETER.matcher(template);
        if (parameter.matches()) {
            return at(values, parameter.group(1));
        }
        return new TextNode(PARAMETER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(at(values, found.group(1)).asText())));
    }

    private static JsonNode at(JsonNode values, String path) {
        JsonNode value = values;
        for (String name : path.split("\\.")) {
            value = value.path(name);
        }
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }
}
