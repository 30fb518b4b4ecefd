package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.Identity;
import io.fourfold.config.RefusedRecord;
import io.fourfold.config.Topic;
import io.fourfold.log.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is answered about configuration; {@code sees} says of which namespaces. */
final class ConfigAnswers {

    private ConfigAnswers() {}

    /** {@code refused}: records of no topic there is; those of a topic are listed with it. */
    record Overview(List<Count> topics, int total, String next, List<NotTaken> refused) {}

    record Count(String topic, int entries, int refused) {}

    record InForce(String topic, long position, List<Shown> entries, List<NotTaken> refused) {}

    record Shown(String name, String namespace, String record, boolean enabled, JsonNode body) {}

    record NotTaken(String record, String name, String reason) {}

    record Gone(String topic, String name, String namespace, String record, boolean removed) {}

    record History(String topic, String name, String namespace, List<Past> records, int total, String next) {}

    /** {@code reason} is null when the record was valid; {@code in_force} when it is what counts now. */
    record Past(
            String record,
            long position,
            Instant recordedAt,
            String actor,
            boolean valid,
            String reason,
            boolean inForce,
            JsonNode body) {}

    static Overview overview(EngineConfig config, Predicate<String> sees) {
        List<Count> counts = Topic.IN_ORDER.stream()
                .map(topic -> new Count(
                        topic.wireName(),
                        (int) visible(config, topic, sees).count(),
                        refused(config, Optional.of(topic), sees).size()))
                .toList();
        return new Overview(counts, counts.size(), null, refused(config, Optional.empty(), sees));
    }

    static InForce inForce(Topic<?> topic, EngineConfig config, long position, Predicate<String> sees) {
        List<Shown> entries = visible(config, topic, sees)
                .map(declared -> new Shown(
                        declared.name(),
                        declared.namespace(),
                        declared.record().hex(),
                        true,
                        declared.body().tree()))
                .toList();
        return new InForce(topic.wireName(), position, entries, refused(config, Optional.of(topic), sees));
    }

    static Shown shown(Entry entry) {
        Identity identity = ConfigDesk.about(entry);
        JsonNode body = entry.body().tree();
        boolean enabled = body.path("enabled").asBoolean(true);
        return new Shown(identity.name(), identity.namespace(), entry.id().hex(), enabled, body);
    }

    static History history(String topic, String namespace, String name, List<ConfigDesk.Past> records) {
        List<Past> shown = records.stream().map(ConfigAnswers::shown).toList();
        return new History(topic, name, namespace, shown, shown.size(), null);
    }

    private static Past shown(ConfigDesk.Past past) {
        Entry entry = past.entry();
        return new Past(
                entry.id().hex(),
                entry.position(),
                entry.recordedAt(),
                entry.draft().actor().value(),
                past.reason() == null,
                past.reason(),
                past.inForce(),
                entry.body().tree());
    }

    private static Stream<? extends Declared<?>> visible(EngineConfig config, Topic<?> topic, Predicate<String> sees) {
        return config.of(topic).stream().filter(declared -> sees.test(declared.namespace()));
    }

    /** Of a topic, or those of no topic there is. */
    private static List<NotTaken> refused(EngineConfig config, Optional<Topic<?>> topic, Predicate<String> sees) {
        return config.refused().stream()
                .filter(refused -> Topic.of(refused.identity().topic()).equals(topic))
                .filter(refused -> sees.test(refused.identity().namespace()))
                .map(ConfigAnswers::notTaken)
                .toList();
    }

    private static NotTaken notTaken(RefusedRecord refused) {
        return new NotTaken(refused.record().hex(), refused.identity().name(), refused.reason());
    }
}
