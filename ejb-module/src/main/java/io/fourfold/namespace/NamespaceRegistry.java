package io.fourfold.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import io.fourfold.namespace.Namespace.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fold of {@code th_namespace_registry}: the last record about a namespace wins. Immutable. */
public record NamespaceRegistry(Map<String, Namespace> namespaces) {

    public static final ThreadId THREAD = new ThreadId("th_namespace_registry");
    public static final String TOPIC = "namespace_entry";
    public static final NamespaceRegistry EMPTY = new NamespaceRegistry(Map.of());

    private static final int SHOWN_CHARS_MAX = 80;

    public NamespaceRegistry {
        namespaces = Map.copyOf(namespaces);
    }

    /** What is no well-formed namespace entry changes nothing. */
    public NamespaceRegistry fold(Entry entry) {
        if (!entry.thread().equals(THREAD) || entry.draft().act() != Act.LEARN) {
            return this;
        }
        return read(entry.body()).map(this::with).orElse(this);
    }

    private NamespaceRegistry with(Namespace namespace) {
        Map<String, Namespace> changed = new HashMap<>(namespaces);
        changed.put(namespace.id(), namespace);
        return new NamespaceRegistry(changed);
    }

    private static Optional<Namespace> read(Json body) {
        String id = body.text("id").orElse("");
        String wanted = body.text("status").orElse("");
        JsonNode policy = body.tree().get("policy");
        return Arrays.stream(Status.values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(wanted))
                .filter(status -> body.text("topic").equals(Optional.of(TOPIC)) && Namespace.isWellFormed(id))
                .findFirst()
                .map(status -> new Namespace(
                        id, status, body.text("description").orElse(""), policy == null ? "null" : policy.toString()));
    }

    /** Why a record may not be filed under this namespace: malformed, or it or an ancestor is not active. */
    public Optional<Refusal> refusal(String namespace) {
        if (!Namespace.isWellFormed(namespace)) {
            return Optional.of(malformed(namespace));
        }
        return Namespace.chain(namespace).stream()
                .filter(link -> !isActive(link))
                .findFirst()
                .map(link -> rejected(namespace, link));
    }

    private boolean isActive(String link) {
        Namespace registered = namespaces.get(link);
        return link.equals(Entry.DEFAULT_NAMESPACE) || registered != null && registered.status() == Status.ACTIVE;
    }

    static Refusal malformed(String claimed) {
        String was = claimed.length() <= SHOWN_CHARS_MAX ? claimed : claimed.substring(0, SHOWN_CHARS_MAX) + "…";
        String message = "Expected 1 to 4 segments of a-z 0-9 _ - joined by /, but the namespace was " + was;
        return new Refusal(Code.NAMESPACE_INVALID, message, Map.of("namespace", was));
    }

    private Refusal rejected(String namespace, String link) {
        Namespace registered = namespaces.get(link);
        String status = registered == null
                ? "not registered"
                : registered.status().name().toLowerCase(Locale.ROOT);
        String command = "fourfold namespace " + (registered == null ? "create " : "activate ") + link;
        String message = "Expected namespace " + link + " to be active, but it is " + status + ": " + command;
        return new Refusal(
                Code.NAMESPACE_REJECTED, message, Map.of("namespace", namespace, "link", link, "command", command));
    }
}
