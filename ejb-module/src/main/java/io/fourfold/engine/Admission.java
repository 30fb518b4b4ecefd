package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.Topic;
import io.fourfold.expression.Facts;
import io.fourfold.fleet.Fleet;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.permission.Denial;
import io.fourfold.permission.Denials;
import io.fourfold.permission.LockOut;
import io.fourfold.permission.PermissionRules;
import io.fourfold.permission.PermissionRules.Verdict;
import io.fourfold.permission.Subject;
import io.fourfold.token.Rights;
import io.fourfold.trust.Trust;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What one who comes from outside has to pass, in this order: what his token opens, freezes, permission rules, and that
 * he does not lock himself out. While nothing is frozen and permissions are off, that is two volatile reads.
 */
public final class Admission {

    static final Did ACTOR = new Did("did:fourfold:system:permission");

    private static final System.Logger LOGGER = System.getLogger(Admission.class.getName());

    private final IngestLoop ingest;
    private final Steering steering;
    private final Log log;
    private final Trust trust;
    private final Clock clock;
    private final Denials denials = new Denials();
    private final ReentrantLock steered = new ReentrantLock();

    Admission(IngestLoop ingest, Steering steering, Log log, Trust trust, Clock clock) {
        this.ingest = ingest;
        this.steering = steering;
        this.log = log;
        this.trust = trust;
        this.clock = clock;
    }

    /** One at a time on this node, so that two changes that each leave a way back do not close it together. */
    <T> T alone(Supplier<T> change) {
        steered.lock();
        try {
            return change.get();
        } finally {
            steered.unlock();
        }
    }

    Optional<Refusal> refusal(Append append, Visitor visitor) {
        boolean steers = false;
        for (Draft draft : append.drafts()) {
            Optional<Refusal> refusal = refusal(draft, visitor);
            if (refusal.isPresent()) {
                return refusal;
            }
            steers |= draft.thread().equals(EngineConfig.THREAD) && draft.act() == Act.LEARN;
        }
        return steers ? lockOut(append, visitor) : Optional.empty();
    }

    private Optional<Refusal> refusal(Draft draft, Visitor visitor) {
        if (BreakGlass.is(draft)) {
            return BreakGlass.refusal(draft, visitor);
        }
        return visitor.rights()
                .refusal(draft)
                .or(() -> steering.namespaces().refusal(draft.body()))
                .or(() -> frozen(draft, visitor))
                .or(() -> enabled() ? denied(Subject.of(draft)) : Optional.empty());
    }

    /** Who may do what is for people to say: nothing the engine learns, from whatever was approved, changes it. */
    static Optional<Refusal> ofTheEngine(Draft draft) {
        boolean says = draft.actor().isSystem()
                && !BreakGlass.is(draft)
                && draft.thread().equals(EngineConfig.THREAD)
                && draft.body().text("topic").filter(Topic.GUARDING::contains).isPresent();
        return says
                ? Optional.of(Refusal.of(
                        Code.LOCKED_OUT,
                        "Expected somebody from outside to change " + Topic.GUARDING + ", but was " + draft.actor()))
                : Optional.empty();
    }

    private boolean enabled() {
        return steering.configs().current().permissionsEnabled();
    }

    /** Freezes themselves pass, so that one can be lifted, and so does who has proved to be an administrator. */
    private Optional<Refusal> frozen(Draft draft, Visitor visitor) {
        Fleet fleet = steering.fleet().current();
        return fleet.isClear() || draft.thread().equals(Fleet.THREAD) || visitor.isProvenAdmin()
                ? Optional.empty()
                : fleet.refusal(draft.body().text("namespace").orElse(Entry.DEFAULT_NAMESPACE));
    }

    /** Why a request that changes something other than records is refused by the rules. */
    public Optional<Refusal> refusal(Did actor, String kind, String id) {
        return enabled() ? denied(Subject.of(actor, kind, id)) : Optional.empty();
    }

    /** Why nothing may be begun or changed in the default namespace, where executions are: an emergency. */
    public Optional<Refusal> frozen(Rights rights) {
        return new Visitor(rights, false).isProvenAdmin()
                ? Optional.empty()
                : steering.fleet().current().refusal(Entry.DEFAULT_NAMESPACE);
    }

    private Optional<Refusal> denied(Subject subject) {
        EngineConfig config = steering.configs().current();
        Facts facts = facts(subject.actor(), subject.namespace());
        return switch (PermissionRules.decide(subject, config.permissionRules(), facts)) {
            case Verdict.Allowed allowed -> Optional.empty();
            case Verdict.Denied denied -> {
                denials.heard(subject, denied.rule(), clock.instant()).ifPresent(this::record);
                String because =
                        denied.rule().equals(PermissionRules.NONE) ? "no rule allows it" : denied.rule() + " denies it";
                yield Optional.of(new Refusal(
                        Code.PERMISSION_DENIED,
                        "Expected that " + subject.actor() + " may write " + subject.place() + ", but " + because,
                        Map.of("rule", denied.rule(), "action", Subject.WRITE)));
            }
        };
    }

    private Facts facts(Did actor, String namespace) {
        return new Moment(log, trust, steering.fleet().current(), clock.instant(), actor, namespace, any -> true);
    }

    private Optional<Refusal> lockOut(Append append, Visitor visitor) {
        steering.configs().catchUp();
        EngineConfig now = steering.configs().current();
        EngineConfig wanted = steering.configs().after(append.drafts());
        if (now.authRequired() != wanted.authRequired() && !mayChangeAuth(wanted, visitor)) {
            return Optional.of(Refusal.of(
                    Code.LOCKED_OUT,
                    "Expected a token with the scope admin from who changes auth_required, but got none"));
        }
        boolean same = now.permissionsEnabled() == wanted.permissionsEnabled()
                && now.permissionRules().equals(wanted.permissionRules());
        Did caller = append.drafts().getLast().actor();
        return same || BreakGlass.is(append.drafts().getLast())
                ? Optional.empty()
                : LockOut.refusal(caller, wanted, facts(caller, Entry.DEFAULT_NAMESPACE));
    }

    /** While a token is asked for, who comes in without one is at the machine itself, and may end that. */
    private static boolean mayChangeAuth(EngineConfig wanted, Visitor visitor) {
        return visitor.isProvenAdmin() || visitor.local() && !wanted.authRequired();
    }

    /** Writes down the denials that were counted. */
    public void report(Instant now) {
        denials.due(now).forEach(this::record);
    }

    private void record(Denial denial) {
        try {
            ingest.submit(Append.of(Draft.of(TreeHeads.THREAD, ACTOR, Act.KNOW, denial.body())));
        } catch (LogUnavailable away) {
            LOGGER.log(Level.WARNING, "A denial is not on record: {0} ({1})", denial.body(), away.getMessage());
        }
    }
}
