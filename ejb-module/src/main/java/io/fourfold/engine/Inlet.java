package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Drafts;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.token.Rights;
import io.fourfold.trust.Trust;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one door to the log: every record, from wherever, is checked here and meets the same answers. */
public final class Inlet {

    /** Written by commands alone: what stands there was decided. */
    private static final List<String> AGGREGATES = List.of(
            "th_execution.",
            "th_concurrency.",
            "th_workflow.",
            "th_workspace.",
            "th_session.",
            "th_artifact.",
            "th_dispatch.",
            "th_trigger.",
            "th_package.");

    private final IngestLoop ingest;
    private final Steering steering;
    private final Admission admission;
    private final Visitor visitor;
    private final boolean outside;

    public Inlet(IngestLoop ingest, Steering steering, Log log, Trust trust, Clock clock) {
        this(ingest, steering, new Admission(ingest, steering, log, trust, clock), Visitor.UNKNOWN, false);
    }

    private Inlet(IngestLoop ingest, Steering steering, Admission admission, Visitor visitor, boolean outside) {
        this.ingest = ingest;
        this.steering = steering;
        this.admission = admission;
        this.visitor = visitor;
        this.outside = outside;
    }

    /** The same door for somebody from outside: whatever comes in by it is asked about. */
    public Inlet under(Rights rights) {
        return new Inlet(ingest, steering, admission, new Visitor(rights, false), true);
    }

    /** The same door for programs of the server's own account on the same machine. */
    public Inlet local() {
        return new Inlet(ingest, steering, admission, Visitor.LOCAL, true);
    }

    public Admission admission() {
        return admission;
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
        return take(outside(append), true);
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

    /**
     * Records of the engine, or that follow from a request that was allowed; at a door for somebody from outside, his.
     * Returns when they are on disk and what they say to this server is in force, or with the refusal.
     */
    public Receipt accept(Append append) {
        return take(append, outside);
    }

    /** Why records would be refused at this door if they came now; nothing is written. */
    public Optional<Refusal> refusal(Append append) {
        return refusal(append, outside);
    }

    private Receipt take(Append append, boolean asked) {
        return steers(append) ? admission.alone(() -> store(append, asked)) : store(append, asked);
    }

    private Receipt store(Append append, boolean asked) {
        Optional<Refusal> refusal = refusal(append, asked);
        if (refusal.isPresent()) {
            return new Receipt.Refused(refusal.get());
        }
        Receipt receipt = ingest.submit(asked ? BreakGlass.audited(append) : append);
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
        List<Receipt> accepted = takeAll(read, true);
        for (int i = 0; i < accepted.size(); i++) {
            receipts[places.get(i)] = accepted.get(i);
        }
        return List.of(receipts);
    }

    /**
     * All at once as {@link #accept(Append)} takes them, in order, each answered in its place. A storage that is away
     * is a refusal here: of what was submitted together, part may have been stored before it went.
     */
    public List<Receipt> acceptAll(List<Append> appends) {
        return takeAll(appends, outside);
    }

    private List<Receipt> takeAll(List<Append> appends, boolean asked) {
        List<Receipt> receipts = new ArrayList<>(appends.size());
        int from = 0;
        for (int i = 0; i < appends.size(); i++) {
            boolean steers = steers(appends.get(i));
            if (steers || i + 1 == appends.size()) {
                List<Append> group = appends.subList(from, i + 1);
                receipts.addAll(steers ? admission.alone(() -> storeAll(group, asked)) : storeAll(group, asked));
                from = i + 1;
            }
        }
        return receipts;
    }

    /** Only the last may steer this server, so that those after it meet what it says. */
    private List<Receipt> storeAll(List<Append> appends, boolean asked) {
        List<Receipt> receipts = new ArrayList<>(appends.size());
        List<Append> admitted = new ArrayList<>(appends.size());
        for (Append append : appends) {
            Optional<Refusal> refusal = refusal(append, asked);
            receipts.add(refusal.isPresent() ? new Receipt.Refused(refusal.get()) : null);
            if (refusal.isEmpty()) {
                admitted.add(asked ? BreakGlass.audited(append) : append);
            }
        }
        int next = 0;
        for (Receipt receipt : ingest.submitAll(admitted)) {
            while (receipts.get(next) != null) {
                next++;
            }
            receipts.set(next, receipt);
        }
        obey(appends.getLast());
        return receipts;
    }

    private Optional<Refusal> refusal(Append append, boolean asked) {
        if (asked) {
            return admission.refusal(append, visitor);
        }
        for (Draft draft : append.drafts()) {
            Optional<Refusal> refusal =
                    steering.namespaces().refusal(draft.body()).or(() -> Admission.ofTheEngine(draft));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private void obey(Append append) {
        if (steers(append)) {
            steering.catchUp(append.drafts().stream().map(Draft::thread).collect(Collectors.toSet()));
        }
    }

    private static boolean steers(Append append) {
        return append.drafts().stream().anyMatch(draft -> Steering.isOn(draft.thread()));
    }
}
