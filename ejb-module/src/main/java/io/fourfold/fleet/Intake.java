package io.fourfold.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.queue.Tags;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is accepted and queued but not begun: of each workflow, trigger, repository, and of all, the latest counts. */
public record Intake(Map<String, Hold> holds) {

    static final Intake OPEN = new Intake(Map.of());
    static final String TOPIC = "hold";
    static final String ON = "on";

    /** Characters of what is named. */
    static final int NAME_CHARS_MAX = 255;

    static final List<String> KINDS = List.of("workflow", "trigger", "repository");

    private static final Set<String> FIELDS = Set.of("topic", "mode", "workflow", "trigger", "repository", "reason");

    public Intake {
        holds = Map.copyOf(holds);
    }

    /** Why a record on the intake changes nothing; empty when it does. */
    static Optional<String> fault(Json body) {
        for (Map.Entry<String, JsonNode> field : body.tree().properties()) {
            if (!FIELDS.contains(field.getKey()) || !field.getValue().isTextual()) {
                return Optional.of("expected text in topic, mode, reason and one of " + String.join(", ", KINDS)
                        + " alone, but there is " + field.getKey() + "=" + Fleet.shortened(field.getValue()));
            }
        }
        String mode = body.text("mode").orElse("");
        List<String> named =
                KINDS.stream().filter(kind -> body.text(kind).isPresent()).toList();
        if (!mode.equals(ON) && !mode.equals(Fleet.OFF)) {
            return Optional.of("mode: expected on or off, but was " + mode);
        }
        if (named.size() > 1) {
            return Optional.of("expected one of " + String.join(", ", KINDS) + ", or none for all, but there are "
                    + String.join(" and ", named));
        }
        return named.stream()
                .filter(kind -> body.text(kind).orElseThrow().isBlank()
                        || body.text(kind).orElseThrow().length() > NAME_CHARS_MAX)
                .map(kind -> kind + ": expected 1 to " + NAME_CHARS_MAX + " characters, but was "
                        + Fleet.shortened(body.tree().get(kind)))
                .findFirst()
                .or(() -> Fleet.tooLong(body));
    }

    /** What a record is about that has no fault. */
    static String tag(Json body) {
        return body.text("workflow")
                .map(Tags::workflow)
                .or(() -> body.text("trigger").map(Tags::trigger))
                .or(() -> body.text("repository").map(Tags::repository))
                .orElse(Tags.ALL);
    }

    Intake fold(Entry entry) {
        String tag = tag(entry.body());
        Map<String, Hold> changed = new HashMap<>(holds);
        Hold before = changed.remove(tag);
        if (entry.body().text("mode").equals(Optional.of(ON))) {
            changed.put(
                    tag,
                    new Hold(
                            tag,
                            entry.body().text("reason").orElse(""),
                            before == null ? entry.recordedAt() : before.since(),
                            entry.draft().actor(),
                            entry.id()));
        }
        return new Intake(changed);
    }

    /** The oldest that covers something with these tags. */
    public Optional<Hold> over(Collection<String> tags) {
        return tags.stream()
                .flatMap(tag -> Optional.ofNullable(holds.get(tag)).stream())
                .min(Comparator.comparing(Hold::since).thenComparing(Hold::tag));
    }
}
