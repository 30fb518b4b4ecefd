package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Drafts;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.namespace.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one door to the log: every record, from wherever, is checked here and meets the same answers. */
public final class Inlet {

    /** Written by commands alone: what stands there was decided. */
    private static final List<String> AGGREGATES = List.of(
            "th_execution.",
            "th_workflow.",
            "th_workspace.",
            "th_session.",
            "th_artifact.",
            "th_dispatch.",
            "th_trigger.");

    private final IngestLoop ingest;
    private final Namespaces namespaces;
    private final EngineConfigs configs;
    private final Function<Draft, Optional<Refusal>> permission;

    public Inlet(IngestLoop ingest, Namespaces namespaces, EngineConfigs configs) {
        this(ingest, namespaces, configs, draft -> Optional.empty());
    }

    private Inlet(
            IngestLoop ingest,
            Namespaces namespaces,
            EngineConfigs configs,
            Function<Draft, Optional<Refusal>> permission) {
        this.ingest = ingest;
        this.namespaces = namespaces;
        this.configs = configs;
        this.permission = permission;
    }

    /** The same door for one who may not write everything: {@code permission} says why not, before anything else. */
    public Inlet under(Function<Draft, Optional<Refusal>> permission) {
        return new Inlet(ingest, namespaces, configs, permission);
    }

    /** A record as a request brings it, UTF-8 JSON, bare or in its envelope. */
    public Receipt accept(byte[] request) {
        try {
            return admit(Drafts.request(request));
        } catch (InvalidRecord fault) {
            return new Receipt.Refused(fault.refusal());
        }
    }

    /**
     * Records from outside: anything but what only a command may say.
     *
     * @throws InvalidRecord when one is on a thread of an aggregate
     */
    public Receipt admit(Append append) {
        return accept(outside(append));
    }

    private static Append outside(Append append) {
        for (Draft draft : append.drafts()) {
            String thread = draft.thread().value();
            if (AGGREGATES.stream().anyMatch(thread::startsWith)) {
                throw new InvalidRecord("thread", "expected no thread of an aggregate, but was " + thread);
            }
        }
        return append;
    }

    /** Returns when the records are on disk and what they say to this server is in force, or with the refusal. */
    public Receipt accept(Append append) {
        Optional<Refusal> refusal = refusal(append);
        if (refusal.isPresent()) {
            return new Receipt.Refused(refusal.get());
        }
        Receipt receipt = ingest.submit(append);
        obey(append);
        return receipt;
    }

    /** Requests as {@link #accept(byte[])} takes them, all at once; each is stored or refused on its own. */
    public List<Receipt> acceptRequests(List<byte[]> requests) {
        Receipt[] receipts = new Receipt[requests.size()];
        List<Append> read = new ArrayList<>(requests.size());
        List<Integer> places = new ArrayList<>(requests.size());
        for (int i = 0; i < receipts.length; i++) {
            try {
                read.add(outside(Drafts.request(requests.get(i))));
                places.add(i);
            } catch (InvalidRecord fault) {
                receipts[i] = new Receipt.Refused(fault.refusal());
            }
        }
        List<Receipt> accepted = acceptAll(read);
        for (int i = 0; i < accepted.size(); i++) {
            receipts[places.get(i)] = accepted.get(i);
        }
        return List.of(receipts);
    }

    /**
     * All at once, in order, each answered in its place. A storage that is away is a refusal here: of what was
     * submitted
     * together, part may have been stored before it went.
     */
    public List<Receipt> acceptAll(List<Append> appends) {
        List<Receipt> receipts = new ArrayList<>(appends.size());
        int from = 0;
        for (int i = 0; i < appends.size(); i++) {
            boolean last = i + 1 == appends.size();
            if (last || steers(appends.get(i))) {
                acceptGroup(appends.subList(from, i + 1), receipts);
                from = i + 1;
            }
        }
        return receipts;
    }

    /** Only the last may steer this server, so that those after it meet what it says. */
    private void acceptGroup(List<Append> appends, List<Receipt> receipts) {
        int first = receipts.size();
        List<Append> admitted = new ArrayList<>(appends.size());
        for (Append append : appends) {
            Optional<Refusal> refusal = refusal(append);
            receipts.add(refusal.isPresent() ? new Receipt.Refused(refusal.get()) : null);
            if (refusal.isEmpty()) {
                admitted.add(append);
            }
        }
        int next = first;
        for (Receipt receipt : ingest.submitAll(admitted)) {
            while (receipts.get(next) != null) {
                next++;
            }
            receipts.set(next, receipt);
        }
        obey(appends.get(appends.size() - 1));
    }

    private Optional<Refusal> refusal(Append append) {
        for (Draft draft : append.drafts()) {
            Optional<Refusal> refusal = permission.apply(draft).or(() -> namespaces.refusal(draft.body()));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private void obey(Append append) {
        if (isOn(append, NamespaceRegistry.THREAD)) {
            namespaces.catchUp();
        }
        if (isOn(append, EngineConfig.THREAD)) {
            configs.catchUp();
        }
    }

    private static boolean steers(Append append) {
        return isOn(append, NamespaceRegistry.THREAD) || isOn(append, EngineConfig.THREAD);
    }

    private static boolean isOn(Append append, ThreadId thread) {
        return append.drafts().stream().anyMatch(draft -> draft.thread().equals(thread));
    }
}
