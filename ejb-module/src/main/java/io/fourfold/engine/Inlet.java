package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Drafts;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.namespace.Namespaces;
import java.util.List;
import java.util.Optional;

/** The one door to the log: every record, from wherever, is checked here and meets the same answers. */
public final class Inlet {

    /** Written by commands alone: what stands there was decided. */
    private static final List<String> AGGREGATES =
            List.of("th_execution.", "th_workflow.", "th_workspace.", "th_session.", "th_artifact.");

    private final IngestLoop ingest;
    private final Namespaces namespaces;

    public Inlet(IngestLoop ingest, Namespaces namespaces) {
        this.ingest = ingest;
        this.namespaces = namespaces;
    }

    /** A record as a request brings it, UTF-8 JSON. */
    public Receipt accept(byte[] request) {
        Draft draft;
        try {
            draft = Drafts.parse(request);
        } catch (InvalidRecord fault) {
            return new Receipt.Refused(fault.refusal());
        }
        return admit(draft);
    }

    /** A record from outside: anything but what only a command may say. */
    private Receipt admit(Draft draft) {
        String thread = draft.thread().value();
        return AGGREGATES.stream().anyMatch(thread::startsWith)
                ? new Receipt.Refused(
                        new InvalidRecord("thread", "expected no thread of an aggregate, but was " + thread).refusal())
                : accept(Append.of(draft));
    }

    /** Returns when the records are on disk and what they say about namespaces is in force, or with the refusal. */
    public Receipt accept(Append append) {
        for (Draft draft : append.drafts()) {
            Optional<Refusal> refusal = namespaces.refusal(draft.body());
            if (refusal.isPresent()) {
                return new Receipt.Refused(refusal.get());
            }
        }
        Receipt receipt = ingest.submit(append);
        if (append.drafts().stream().anyMatch(draft -> draft.thread().equals(NamespaceRegistry.THREAD))) {
            namespaces.catchUp();
        }
        return receipt;
    }
}
