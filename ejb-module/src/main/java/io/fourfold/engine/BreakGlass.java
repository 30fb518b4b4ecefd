package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.Topic;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Expect;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.List;
import java.util.Optional;

/**
 * The way out for who locked everybody out: one record, by an actor of its own, that ends {@code permissions_enabled}
 * and says why. It is taken at the Unix socket alone, which only the server's own account reaches, and it passes rules
 * and freezes. Each use is a record on {@code th_audit}, stored together with it or not at all.
 */
final class BreakGlass {

    static final Did ACTOR = new Did("did:fourfold:system:break-glass");

    private static final int REASON_CHARS_MAX = 500;

    private BreakGlass() {}

    static boolean is(Draft draft) {
        return draft.actor().equals(ACTOR);
    }

    static Optional<Refusal> refusal(Draft draft, Visitor visitor) {
        if (!visitor.local()) {
            return Optional.of(Refusal.of(
                    Code.ACTOR_DENIED, "Expected " + ACTOR + " at the server's own socket, but this is another door"));
        }
        Json body = draft.body();
        String reason = body.text("reason").orElse("");
        boolean ends = draft.thread().equals(EngineConfig.THREAD)
                && draft.act() == Act.LEARN
                && body.text("topic").equals(Optional.of(Topic.PERMISSIONS_ENABLED.wireName()))
                && body.field("enabled")
                        .map(on -> on.isBoolean() && !on.booleanValue())
                        .orElse(false)
                && body.tree().size() == 3;
        boolean reasoned = !reason.isBlank() && reason.length() <= REASON_CHARS_MAX;
        return ends && reasoned
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        Code.ACTOR_DENIED,
                        "Expected of " + ACTOR + " only that it ends permissions_enabled, with a reason of 1 to "
                                + REASON_CHARS_MAX + " characters, but this is something else"));
    }

    /** With its record on {@code th_audit}. */
    static Append audited(Append append) {
        Draft draft = append.drafts().getFirst();
        if (!is(draft)) {
            return append;
        }
        Json body = Json.of(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "permission.unlocked.v1")
                .put("actor", ACTOR.value())
                .put("reason", draft.body().text("reason").orElse("")));
        return new Append(List.of(draft, Draft.of(TreeHeads.THREAD, ACTOR, Act.KNOW, body)), Expect.ANYTHING);
    }
}
