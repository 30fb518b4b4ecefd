package io.fourfold.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.namespace.Namespace.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Opens and closes namespaces: each change is a record on the registry's thread. */
public final class NamespaceDesk {

    private final Namespaces namespaces;

    public NamespaceDesk(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /** What came of it. */
    public sealed interface Outcome {

        record Done(Namespace namespace) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /**
     * Its ancestors must be active. {@code policy} is kept as it is; {@code inlet} is the door as open for the caller.
     */
    public Outcome create(String id, String description, JsonNode policy, Did by, Function<Append, Receipt> inlet) {
        namespaces.catchUp();
        NamespaceRegistry registry = namespaces.registry();
        if (!Namespace.isWellFormed(id)) {
            return new Outcome.Refused(NamespaceRegistry.malformed(id));
        }
        if (id.equals(Entry.DEFAULT_NAMESPACE) || registry.namespaces().containsKey(id)) {
            return new Outcome.Refused(
                    Refusal.of(Code.ALREADY_EXISTS, "Expected a new namespace, but there is one with the id " + id));
        }
        List<String> chain = Namespace.chain(id);
        Optional<Refusal> above = chain.size() == 1 ? Optional.empty() : registry.refusal(chain.get(chain.size() - 2));
        if (above.isPresent()) {
            return new Outcome.Refused(above.get());
        }
        String kept = policy == null ? "null" : policy.toString();
        return write(new Namespace(id, Status.ACTIVE, description == null ? "" : description, kept), by, inlet);
    }

    /** Archiving cuts all below it too; activating lets those that are active themselves work again. */
    public Outcome change(String id, Status wanted, Did by, Function<Append, Receipt> inlet) {
        namespaces.catchUp();
        Namespace now = namespaces.registry().namespaces().get(id);
        if (now == null) {
            return new Outcome.Refused(
                    Refusal.of(Code.NOT_FOUND, "Expected a registered namespace, but none has the id " + id));
        }
        if (now.status() == wanted) {
            return new Outcome.Refused(
                    Refusal.of(Code.WRONG_STATE, "Expected " + id + " not to be " + word(wanted) + " yet, but it is"));
        }
        return write(new Namespace(id, wanted, now.description(), now.policy()), by, inlet);
    }

    private Outcome write(Namespace namespace, Did by, Function<Append, Receipt> inlet) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("topic", NamespaceRegistry.TOPIC)
                .put("id", namespace.id())
                .put("status", word(namespace.status()))
                .put("description", namespace.description());
        body.putRawValue("policy", new RawValue(namespace.policy()));
        return switch (inlet.apply(Append.of(Draft.of(NamespaceRegistry.THREAD, by, Act.LEARN, Json.of(body))))) {
            case Receipt.Refused refused -> new Outcome.Refused(refused.refusal());
            case Receipt.Stored stored -> new Outcome.Done(namespace);
        };
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
