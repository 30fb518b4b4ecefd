package io.fourfold.fleet;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One freeze that is in force.
 *
 * @param namespace with all below it; {@link #EVERYWHERE} for all
 * @param since     when the log took the record that brought this mode about: later ones of the same mode change
 *                  nothing about it, so that nobody prolongs a grace by saying it again
 */
public record Freeze(Mode mode, String namespace, String reason, Instant since, Did by, EntryId record) {

    /** In the order of their strictness. */
    public enum Mode {
        SOFT,
        HARD,
        EMERGENCY;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Mode> of(String wire) {
            for (Mode mode : values()) {
                if (mode.wire().equals(wire)) {
                    return Optional.of(mode);
                }
            }
            return Optional.empty();
        }
    }

    public static final String EVERYWHERE = "*";

    /** From a hard freeze to the end of what runs. */
    public static final Duration GRACE = Duration.ofSeconds(60);

    public boolean covers(String other) {
        return namespace.equals(EVERYWHERE) || namespace.equals(other) || other.startsWith(namespace + "/");
    }

    /** When what runs is ended; empty where it may go on. */
    public Optional<Instant> endsWorkAt() {
        return switch (mode) {
            case SOFT -> Optional.empty();
            case HARD -> Optional.of(since.plus(GRACE));
            case EMERGENCY -> Optional.of(since);
        };
    }

    public boolean endsWork(Instant now) {
        return endsWorkAt().map(at -> !now.isBefore(at)).orElse(false);
    }

    /** For example {@code frozen (hard): a leak is being looked for}. */
    public String why() {
        return "frozen (" + mode.wire() + ")" + (reason.isEmpty() ? "" : ": " + reason);
    }

    Refusal refusal(String claimed) {
        return new Refusal(
                Code.FROZEN,
                "Expected namespace " + claimed + " to take records, but it is " + why(),
                Map.of("namespace", claimed, "mode", mode.wire(), "since", since.toString(), "reason", reason));
    }
}
