package io.fourfold.config;

import io.fourfold.expression.Expressions;
import io.fourfold.log.Entry;
import java.util.Optional;

/**
 * What one record of {@code th_engine_config} says of a rule.
 *
 * @param value empty when it ends the rule
 */
public record Declaration<R>(Identity identity, Optional<R> value) {

    /** Empty for a record that is about something else, or that is not valid. */
    @SuppressWarnings("unchecked") // A topic's own reader made the value.
    public static <R> Optional<Declaration<R>> read(Topic<R> topic, Entry entry, Expressions expressions) {
        if (!concerns(topic, entry)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (Statement.read(entry.namespace(), entry.body().tree(), expressions)) {
                        case Statement.Says says -> new Declaration<>(says.identity(), Optional.of((R) says.value()));
                        case Statement.Ends ends -> new Declaration<>(ends.identity(), Optional.empty());
                    });
        } catch (ConfigFault notValid) {
            return Optional.empty();
        }
    }

    /** Whether a record is about a rule of the topic, and which; valid or not. */
    public static Optional<Identity> about(Topic<?> topic, Entry entry) {
        return concerns(topic, entry)
                ? Optional.of(Statement.about(entry.namespace(), entry.body().tree()))
                : Optional.empty();
    }

    private static boolean concerns(Topic<?> topic, Entry entry) {
        return ConfigFold.concerns(entry)
                && entry.body()
                        .text(Statement.TOPIC)
                        .map(topic.wireName()::equals)
                        .orElse(false);
    }
}
