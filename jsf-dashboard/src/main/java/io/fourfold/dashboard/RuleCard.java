package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.Change;
import io.fourfold.config.Changes;
import io.fourfold.config.Identity;
import io.fourfold.log.EntryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * @param inForce at the moment that is shown
     * @param past    whether that is not now
     * @param body    what a record says
     */
    static RuleCard of(
            Identity rule,
            Optional<Change> inForce,
            boolean past,
            Changes changes,
            Function<EntryId, JsonNode> body,
            ConfigQuery query,
            Instant now) {
        List<Change> about = changes.about(rule);
        List<Version> versions = new ArrayList<>();
        boolean latest = true;
        for (Change change : about.subList(0, Math.min(SHOWN_MAX, about.size()))) {
            Draw drawn = drawn(change, latest);
            latest = latest && change.deed() == Change.Deed.REFUSED;
            JsonNode said = body.apply(change.record());
            versions.add(new Version(
                    change.record().hex(),
                    drawn.state(),
                    drawn.tone(),
                    change.reason(),
                    said.path(RuleLine.EXPRESSION).asText(RuleLine.rest(said).toString()),
                    Words.actor(change.by().value()),
                    Moment.of(change.at(), now),
                    query.withChange(Integer.toString(changes.until(change.position())))
                                    .link()
                            + "#rule",
                    inForce.filter(change::equals).isPresent()));
        }
        boolean gone = about.isEmpty() || about.get(0).deed() == Change.Deed.ENDS;
        return new RuleCard(
                rule.topic(),
                rule.path(),
                inForce.map(found -> Pretty.of(body.apply(found.record()))).orElse(null),
                List.copyOf(versions),
                about.size() - versions.size(),
                past ? null : query.withChange("").link() + "&edit=true#write",
                past || gone ? null : removal(rule));
    }

    private record Draw(String state, String tone) {}

    /** @param latest whether no valid one came after it */
    private static Draw drawn(Change change, boolean latest) {
        return switch (change.deed()) {
            case SETS -> latest ? new Draw("In force", "ok") : new Draw("Replaced", "quiet");
            case ENDS -> new Draw("Ended it", "quiet");
            case REFUSED -> new Draw("Refused", "fail");
        };
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
