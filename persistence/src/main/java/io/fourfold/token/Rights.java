package io.fourfold.token;

import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.query.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a caller may do. Reading shows less to whom may see less; writing what one may not is refused.
 *
 * @param namespaces those it is limited to, with all below them; empty for no limit
 */
public record Rights(Set<Scope> scopes, List<ActorPattern> actors, List<String> namespaces) {

    /** Of the local user: everything, as anybody. */
    public static final Rights ALL =
            new Rights(Set.of(Scope.ADMIN), List.of(new ActorPattern("did:fourfold:*")), List.of());

    /** Threads that records:write alone does not open. */
    private record Guarded(Pattern threads, Scope scope) {}

    private static final List<Guarded> GUARDED = List.of(
            guarded("th_(engine_config|namespace_registry|decisions)", Scope.CONFIG_WRITE),
            guarded("th_(actor_registry|instance_registry|fleet_control|consent|pattern_registry|audit)", Scope.ADMIN));

    public Rights {
        scopes = Set.copyOf(scopes);
        actors = List.copyOf(actors);
        namespaces = List.copyOf(namespaces);
    }

    private static Guarded guarded(String threads, Scope scope) {
        return new Guarded(Pattern.compile(threads), scope);
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether there are namespaces it does not see. */
    public boolean isLimited() {
        return !namespaces.isEmpty();
    }

    public boolean sees(String namespace) {
        return !isLimited()
                || namespaces.stream().anyMatch(own -> namespace.equals(own) || namespace.startsWith(own + "/"));
    }

    /** What it sees of the log. */
    public Filter visible() {
        return isLimited() ? new Filter.Within(namespaces) : Filter.ALL;
    }

    public Optional<Refusal> refusal(Scope needed) {
        return has(needed)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.SCOPE_DENIED,
                        "Expected a token with the scope " + needed.wireName() + ", but this one has not",
                        Map.of("scope", needed.wireName())));
    }

    public Optional<Refusal> refusal(Did actor) {
        return this == ALL || actors.stream().anyMatch(pattern -> pattern.matches(actor))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.ACTOR_DENIED,
                        "Expected an actor this token may claim, but was " + actor,
                        Map.of("actor", actor.value())));
    }

    /** Why nothing may be filed under a namespace. */
    public Optional<Refusal> refusal(String namespace) {
        return sees(namespace)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.NAMESPACE_REJECTED,
                        "Expected a namespace of this token, but was " + namespace,
                        Map.of("namespace", namespace)));
    }

    /** Why a record may not be written. */
    public Optional<Refusal> refusal(Draft draft) {
        if (this == ALL) {
            return Optional.empty();
        }
        String namespace = draft.body().text("namespace").orElse(Entry.DEFAULT_NAMESPACE);
        return refusal(draft.actor()).or(() -> refusal(namespace)).or(() -> guarded(draft));
    }

    /** What steers the whole server is not for those who see a part of it. */
    private Optional<Refusal> guarded(Draft draft) {
        return GUARDED.stream()
                .filter(guarded ->
                        guarded.threads().matcher(draft.thread().value()).matches())
                .findFirst()
                .flatMap(guarded -> refusal(guarded.scope()).or(() -> refusal(Entry.DEFAULT_NAMESPACE)));
    }
}
