package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes configuration by records, each checked before it is written as the loader will check it afterwards. */
public final class ConfigDesk {

    /** Records of one rule that its history shows; of more, the latest. */
    public static final int HISTORY_MAX = 500;

    private final EngineConfigs configs;
    private final Log log;

    public ConfigDesk(EngineConfigs configs, Log log) {
        this.configs = configs;
        this.log = log;
    }

    /** What came of it. */
    public sealed interface Outcome {

        record Done(Entry entry) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /**
     * A record of a rule.
     *
     * @param reason  why it was refused; null when it was valid
     * @param inForce whether it is what is in force now
     */
    public record Past(Entry entry, String reason, boolean inForce) {}

    /** What the loader would say to a record if it came now. */
    public sealed interface Checked<R> {

        /** {@code value} is null where the record says that the rule is not enabled. */
        record Valid<R>(Json body, R value) implements Checked<R> {}

        record Refused<R>(Refusal refusal) implements Checked<R> {}
    }

    /** {@code fields} are the body's, with or without its topic. Nothing is written. */
    @SuppressWarnings("unchecked") // A topic's own reader makes its values.
    public <R> Checked<R> check(Topic<R> topic, JsonNode fields) {
        Optional<ConfigFault> misplaced = misplaced(topic, fields);
        if (misplaced.isPresent()) {
            return new Checked.Refused<>(misplaced.get().refusal());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        body.put(Statement.TOPIC, topic.wireName());
        configs.catchUp();
        Json json = Json.of(body);
        try {
            return switch (configs.read(namespace(json), json)) {
                case Statement.Says says -> new Checked.Valid<>(json, (R) says.value());
                case Statement.Ends ends -> new Checked.Valid<>(json, null);
            };
        } catch (ConfigFault fault) {
            return new Checked.Refused<>(fault.refusal());
        }
    }

    /**
     * {@code fields} are the body's, with or without its topic; {@code inlet} is the door as it is open for the caller.
     */
    public Outcome add(Topic<?> topic, JsonNode fields, Did by, Function<Append, Receipt> inlet) {
        return switch (check(topic, fields)) {
            case Checked.Refused<?> refused -> new Outcome.Refused(refused.refusal());
            case Checked.Valid<?> valid -> write(valid.body(), by, inlet);
        };
    }

    /** Why {@link #add} would refuse these fields if they came now; nothing is written. */
    public Optional<Refusal> refusal(Topic<?> topic, JsonNode fields) {
        return switch (check(topic, fields)) {
            case Checked.Refused<?> refused -> Optional.of(refused.refusal());
            case Checked.Valid<?> valid -> Optional.empty();
        };
    }

    private static Optional<ConfigFault> misplaced(Topic<?> topic, JsonNode fields) {
        if (fields.has(Statement.REMOVED)) {
            return Optional.of(new ConfigFault(Statement.REMOVED, "expected none in what is added"));
        }
        String given = fields.path(Statement.TOPIC).asText(topic.wireName());
        return given.equals(topic.wireName())
                ? Optional.empty()
                : Optional.of(new ConfigFault(
                        Statement.TOPIC,
                        "expected " + topic.wireName() + ", but was " + Fields.shortened(given, Statement.CHARS_MAX)));
    }

    /** Also ends the list of what was refused of it. */
    public Outcome remove(Identity identity, Did by, Function<Append, Receipt> inlet) {
        configs.catchUp();
        EngineConfig now = configs.current();
        boolean known = now.find(identity).isPresent()
                || now.refused().stream().anyMatch(r -> r.identity().equals(identity));
        if (!known) {
            return new Outcome.Refused(Refusal.of(
                    Code.NOT_FOUND,
                    "Expected a " + identity.topic() + " in force, but there is none of the name " + identity.path()));
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put(Statement.TOPIC, identity.topic())
                .put(Statement.NAME, identity.name())
                .put(Statement.REMOVED, true);
        if (!identity.namespace().equals(Entry.DEFAULT_NAMESPACE)) {
            body.put(Statement.NAMESPACE, identity.namespace());
        }
        return write(Json.of(body), by, inlet);
    }

    private static Outcome write(Json body, Did by, Function<Append, Receipt> inlet) {
        return write(Draft.of(EngineConfig.THREAD, by, Act.LEARN, body), inlet);
    }

    /** Writes what was decided already: whether it comes into force the loader alone says. */
    public static Outcome write(Draft learn, Function<Append, Receipt> inlet) {
        return switch (inlet.apply(Append.of(learn))) {
            case Receipt.Refused refused -> new Outcome.Refused(refused.refusal());
            case Receipt.Stored stored -> new Outcome.Done(stored.entry());
        };
    }

    private static String namespace(Json body) {
        return body.text(Statement.NAMESPACE).orElse(Entry.DEFAULT_NAMESPACE);
    }

    /** Which rule a record is about. */
    public static Identity about(Entry entry) {
        return Statement.about(entry.namespace(), entry.body().tree());
    }

    /** The records of a rule, the newest first. */
    public List<Past> history(Identity identity) {
        configs.catchUp();
        EngineConfig now = configs.current();
        Optional<EntryId> inForce = now.find(identity).map(Declared::record);
        return now.changes().about(identity).stream()
                .limit(HISTORY_MAX)
                .map(change -> new Past(
                        log.find(change.record()).orElseThrow(),
                        change.reason(),
                        inForce.filter(change.record()::equals).isPresent()))
                .toList();
    }
}
