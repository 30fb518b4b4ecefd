package io.fourfold.permission;

import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.permission.PermissionRules.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a caller from shutting himself out: he must be able to take back what he is about to do. */
public final class LockOut {

    /** What must stay possible, as records and as requests: rules change, permissions end and begin. */
    private static final List<String> RECORDS = List.of(
            "{\"enabled\":false,\"topic\":\"permissions_enabled\"}",
            "{\"topic\":\"permissions_enabled\"}",
            "{\"action\":\"allow\",\"expression\":\"true\",\"name\":\"any\",\"topic\":\"permission_rule\"}",
            "{\"name\":\"any\",\"removed\":true,\"topic\":\"permission_rule\"}");

    private static final List<String> REQUESTS =
            List.of("permissions_enabled", "permissions_enabled/default", "permission_rule", "permission_rule/any");

    private LockOut() {}

    /**
     * Why a change is not made.
     *
     * @param wanted the configuration as it would be
     */
    public static Optional<Refusal> refusal(Did caller, EngineConfig wanted, Facts facts) {
        if (!wanted.permissionsEnabled()) {
            return Optional.empty();
        }
        for (String body : RECORDS) {
            Draft draft = Draft.of(EngineConfig.THREAD, caller, Act.LEARN, Json.canonical(body));
            Optional<Refusal> refusal =
                    refusal(Subject.of(draft), "write " + body + " to " + EngineConfig.THREAD, wanted, facts);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        for (String id : REQUESTS) {
            Optional<Refusal> refusal = refusal(Subject.of(caller, "config", id), "change config/" + id, wanted, facts);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(Subject subject, String what, EngineConfig wanted, Facts facts) {
        return switch (PermissionRules.decide(subject, wanted.permissionRules(), facts)) {
            case Verdict.Allowed allowed -> Optional.empty();
            case Verdict.Denied denied -> {
                String because = denied.rule().equals(PermissionRules.NONE)
                        ? "no rule would allow it"
                        : denied.rule() + " would deny it";
                yield Optional.of(new Refusal(
                        Code.LOCKED_OUT,
                        "Expected that " + subject.actor() + " could still " + what + ", but " + because,
                        Map.of("rule", denied.rule(), "resource", subject.resource())));
            }
        };
    }
}
