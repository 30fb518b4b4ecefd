package io.fourfold.dashboard;

import io.fourfold.fleet.Freeze;
import io.fourfold.kit.Display;
import io.fourfold.line.WaitingLine;
import io.fourfold.orchestration.execution.Deadline;
import io.fourfold.telemetry.ObservationType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Names of machines, said briefly. */
final class Words {

    private static final Map<ObservationType, String> SEEN = Map.of(
            ObservationType.TOOL_STARTED, "tool",
            ObservationType.TOOL_COMPLETED, "tool done",
            ObservationType.TOKENS_USED, "tokens",
            ObservationType.STREAM_CHUNK, "output",
            ObservationType.SUBAGENT_STARTED, "subagent",
            ObservationType.SUBAGENT_STOPPED, "subagent done");

    private Words() {}

    /** {@code tool done} for what is {@code tool_completed} on the wire. */
    static String seen(ObservationType type) {
        return SEEN.getOrDefault(type, type.wire().replace('_', ' '));
    }

    /** {@code alice} for {@code did:fourfold:user:alice}. */
    static String actor(String did) {
        return did == null ? "unknown" : did.substring(did.lastIndexOf(':') + 1);
    }

    /** {@code haiku-4-5} for {@code claude-haiku-4-5-20251001}; null for null. */
    static String model(String model) {
        return model == null ? null : model.replaceFirst("^claude-", "").replaceFirst("-\\d{8}$", "");
    }

    /** {@code phase started} for {@code execution.phase_started.v1}. */
    static String kind(String kind) {
        return kind.replaceFirst("^[a-z]+\\.", "").replaceFirst("\\.v\\d+$", "").replace('_', ' ');
    }

    /** {@code Routing rule} for {@code routing_rule}. */
    static String title(String wire) {
        String words = wire.replace('_', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String plural(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** {@code Everything} for {@code *}. */
    static String place(String namespace) {
        return namespace.equals(Freeze.EVERYWHERE) ? "Everything" : namespace;
    }

    /** {@code Number 3 in line: 4 of 4 running: exec-…}. */
    static String waiting(WaitingLine.Place place) {
        return "Number " + place.position() + " in line: " + place.why().words();
    }

    /** {@code plan has 4 m 12 s left}. */
    static String deadline(Deadline deadline) {
        String left = Display.duration(Duration.ofSeconds(deadline.leftSeconds()));
        return deadline.phaseId() + " has " + left + " left"
                + (deadline.at() == null
                        ? " once it goes on"
                        : ", until " + deadline.at().truncatedTo(ChronoUnit.SECONDS));
    }

    static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
    }
}
