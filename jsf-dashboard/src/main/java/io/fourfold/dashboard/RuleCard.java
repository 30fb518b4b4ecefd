package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.Identity;
import io.fourfold.log.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rule with its history.
 *
 * @param path    namespace and name
 * @param body    what is in force of it at the moment that is shown, readable; null when nothing is
 * @param history newest first, at most {@value #SHOWN_MAX}
 * @param older   how many more there are
 * @param edit    to the form, filled in; null where the past is shown
 * @param remove  what is asked to be deleted; null when there is nothing to remove, or the past is shown
 */
public record RuleCard(
        String topic, String path, String body, List<Version> history, int older, String edit, String remove) {

    static final int SHOWN_MAX = 20;

    /**
     * One record of it.
     *
     * @param state  in a word, with its {@code tone}
     * @param reason why it was refused, or null
     * @param text   what it said: its expression, else its other fields
     * @param then   to the configuration as it was then
     */
    public record Version(
            String record,
            String state,
            String tone,
            String reason,
            String text,
            String by,
            Moment at,
            String then,
            boolean shown) {}

    static RuleCard of(
            Identity rule,
            Optional<Declared<?>> inForce,
            List<ConfigDesk.Past> history,
            boolean past,
            ConfigQuery query,
            Instant now) {
        String shown = inForce.map(found -> found.record().hex()).orElse("");
        boolean gone = history.isEmpty()
                || history.get(0).reason() == null && !history.get(0).inForce();
        return new RuleCard(
                rule.topic(),
                rule.path(),
                inForce.map(found -> Pretty.of(found.body().tree())).orElse(null),
                history.stream()
                        .limit(SHOWN_MAX)
                        .map(one -> version(one, shown, query, now))
                        .toList(),
                Math.max(0, history.size() - SHOWN_MAX),
                past ? null : query.withChange("").link() + "&edit=true#write",
                past || gone ? null : removal(rule));
    }

    private static Version version(ConfigDesk.Past past, String shown, ConfigQuery query, Instant now) {
        Entry entry = past.entry();
        JsonNode body = entry.body().tree();
        String deed = RuleLine.deed(body);
        boolean valid = past.reason() == null;
        String state = !valid
                ? "Refused"
                : past.inForce() ? "In force" : deed.equals("sets") ? "Replaced" : Words.title(deed) + " it";
        return new Version(
                entry.id().hex(),
                state,
                !valid ? "fail" : past.inForce() ? "ok" : "quiet",
                past.reason(),
                body.path(RuleLine.EXPRESSION).asText(RuleLine.rest(body).toString()),
                Words.actor(entry.draft().actor().value()),
                Moment.of(entry.recordedAt(), now),
                query.withChange(Long.toString(entry.version() + 1)).link() + "#rule",
                entry.id().hex().equals(shown));
    }

    /** A name that a path cannot carry is none that was ever in force. */
    private static String removal(Identity rule) {
        return rule.name().matches("[A-Za-z0-9][A-Za-z0-9._:@%*+-]*")
                ? "/api/v1/config/" + rule.topic() + "/" + Address.encoded(rule.name()) + "?namespace="
                        + Address.encoded(rule.namespace())
                : null;
    }

    public boolean isInForce() {
        return body != null;
    }
}
