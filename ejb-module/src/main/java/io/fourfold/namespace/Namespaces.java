package io.fourfold.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The registry as it is now, read on from the log whenever it may have changed. */
public final class Namespaces {

    private final Log log;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile NamespaceRegistry registry = NamespaceRegistry.EMPTY;
    private long version;

    public Namespaces(Log log) {
        this.log = log;
    }

    public NamespaceRegistry registry() {
        return registry;
    }

    /** Folds what was added since; cheap when nothing was. */
    public void catchUp() {
        reading.lock();
        try {
            List<Entry> page;
            do {
                page = log.thread(NamespaceRegistry.THREAD, version, Log.READ_MAX);
                NamespaceRegistry folded = registry;
                for (Entry entry : page) {
                    folded = folded.fold(entry);
                }
                registry = folded;
                version += page.size();
            } while (!page.isEmpty());
        } finally {
            reading.unlock();
        }
    }

    /** Why a record with this body may not be stored; looks at the log again before it says that one is not active. */
    public Optional<Refusal> refusal(Json body) {
        JsonNode claimed = body.field("namespace").orElse(NullNode.instance);
        if (claimed.isNull()) {
            return Optional.empty();
        }
        if (!claimed.isTextual()) {
            return Optional.of(NamespaceRegistry.malformed(claimed.toString()));
        }
        Optional<Refusal> refusal = registry.refusal(claimed.textValue());
        if (refusal.isPresent() && refusal.get().code() == Code.NAMESPACE_REJECTED) {
            catchUp();
            return registry.refusal(claimed.textValue());
        }
        return refusal;
    }
}
