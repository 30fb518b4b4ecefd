package io.fourfold.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.namespace.Namespace;
import io.fourfold.queue.Tags;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fold of {@code th_fleet_control}: of each namespace, and of everything, the latest record counts, and of several
 * freezes over a namespace the strictest. So {@code off} ends the freeze of its own namespace and no other. Immutable.
 *
 * @param intake what is queued and not begun, frozen or not
 */
public record Fleet(Map<String, Freeze> freezes, Intake intake) {

    public static final ThreadId THREAD = new ThreadId("th_fleet_control");
    public static final Fleet CLEAR = new Fleet(Map.of(), Intake.OPEN);

    /** Characters of a reason. */
    public static final int REASON_CHARS_MAX = 500;

    static final String TOPIC = "freeze";
    static final String OFF = "off";

    private static final Set<String> FIELDS = Set.of("topic", "mode", "namespace", "reason");
    private static final Comparator<Freeze> STRICTEST =
            Comparator.comparing(Freeze::mode).thenComparing(Freeze::since, Comparator.reverseOrder());

    public Fleet {
        freezes = Map.copyOf(freezes);
    }

    static boolean concerns(Entry entry) {
        return entry.thread().equals(THREAD)
                && entry.draft().act() == Act.LEARN
                && entry.body()
                        .text("topic")
                        .filter(List.of(TOPIC, Intake.TOPIC)::contains)
                        .isPresent();
    }

    private static boolean isHold(Json body) {
        return body.text("topic").equals(Optional.of(Intake.TOPIC));
    }

    /** Why a record that {@link #concerns} freezes or the intake changes nothing; empty when it does. */
    static Optional<String> fault(Json body) {
        if (isHold(body)) {
            return Intake.fault(body);
        }
        for (Map.Entry<String, JsonNode> field : body.tree().properties()) {
            if (!FIELDS.contains(field.getKey()) || !field.getValue().isTextual()) {
                return Optional.of("expected text in topic, mode, namespace and reason alone, but there is "
                        + field.getKey() + "=" + shortened(field.getValue()));
            }
        }
        String mode = body.text("mode").orElse("");
        if (!mode.equals(OFF) && Freeze.Mode.of(mode).isEmpty()) {
            return Optional.of("mode: expected soft, hard, emergency or off, but was " + mode);
        }
        return tooLong(body).or(() -> body.text("namespace")
                .filter(namespace -> !Namespace.isWellFormed(namespace))
                .map(namespace -> "namespace: expected one such as acme/shop, but was " + namespace));
    }

    static Optional<String> tooLong(Json body) {
        return body.text("reason").orElse("").length() > REASON_CHARS_MAX
                ? Optional.of("reason: expected at most " + REASON_CHARS_MAX + " characters, but there are more")
                : Optional.empty();
    }

    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** What cannot be read changes nothing. */
    public Fleet fold(Entry entry) {
        if (!concerns(entry) || fault(entry.body()).isPresent()) {
            return this;
        }
        if (isHold(entry.body())) {
            return new Fleet(freezes, intake.fold(entry));
        }
        String namespace = entry.body().text("namespace").orElse(Freeze.EVERYWHERE);
        Optional<Freeze.Mode> mode = entry.body().text("mode").flatMap(Freeze.Mode::of);
        Map<String, Freeze> changed = new HashMap<>(freezes);
        Freeze before = changed.remove(namespace);
        mode.ifPresent(m -> changed.put(
                namespace,
                new Freeze(
                        m,
                        namespace,
                        entry.body().text("reason").orElse(""),
                        before != null && before.mode() == m ? before.since() : entry.recordedAt(),
                        entry.draft().actor(),
                        entry.id())));
        return new Fleet(changed, intake);
    }

    public boolean isClear() {
        return freezes.isEmpty();
    }

    /** The strictest that covers a namespace; of equally strict ones the oldest. */
    public Optional<Freeze> over(String namespace) {
        return freezes.values().stream()
                .filter(freeze -> freeze.covers(namespace))
                .max(STRICTEST);
    }

    public boolean isEmergency(String namespace) {
        return emergency(namespace).isPresent();
    }

    private Optional<Freeze> emergency(String namespace) {
        return over(namespace).filter(freeze -> freeze.mode() == Freeze.Mode.EMERGENCY);
    }

    /** Why nothing may come in there. */
    public Optional<Refusal> refusal(String namespace) {
        return emergency(namespace).map(freeze -> freeze.refusal(namespace));
    }

    /** Why what runs in a namespace has to end by now. */
    public Optional<Freeze> ending(String namespace, Instant now) {
        return freezes.values().stream()
                .filter(freeze -> freeze.covers(namespace) && freeze.endsWork(now))
                .max(STRICTEST);
    }

    /** Where nothing is started, each with all below it; {@link Freeze#EVERYWHERE} is one of them. */
    public List<String> frozen() {
        return freezes.keySet().stream().sorted().toList();
    }

    /** The tags of what is not begun: that of frozen namespaces, and what the intake is paused for. */
    public List<String> heldTags() {
        return Stream.concat(freezes.keySet().stream().map(Tags::namespace), intake.holds().keySet().stream())
                .sorted()
                .toList();
    }

    /** The strictest that covers something with these tags. */
    public Optional<Freeze> freezing(Collection<String> tags) {
        return freezes.values().stream()
                .filter(freeze -> tags.contains(Tags.namespace(freeze.namespace())))
                .max(STRICTEST);
    }

    /** Why something with these tags is not begun, in words; empty when it may be. */
    public Optional<String> why(Collection<String> tags) {
        return freezing(tags).map(Freeze::why).or(() -> intake.over(tags).map(Hold::why));
    }

    /** The same for what has to end by now. */
    List<String> ending(Instant now) {
        return freezes.values().stream()
                .filter(freeze -> freeze.endsWork(now))
                .map(Freeze::namespace)
                .sorted()
                .toList();
    }
}
