package io.fourfold.permission;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;

/** Configurations of permission rules, for tests. */
public final class Rules {

    public static final Did ALICE = new Did("did:fourfold:user:alice");
    public static final Did BOB = new Did("did:fourfold:user:bob");

    private Rules() {}

    /** A LEARN of configuration, with ' for ". */
    public static Draft learn(Did by, String body) {
        return Draft.of(
                EngineConfig.THREAD,
                by,
                Act.LEARN,
                Json.parse(body.replace("\"", "\\\"").replace('\'', '"')));
    }

    public static Draft rule(Did by, String name, String action, long priority, String expression) {
        return learn(
                by,
                "{'topic':'permission_rule','name':'" + name + "','action':'" + action + "','priority':" + priority
                        + ",'expression':'" + expression + "'}");
    }

    public static Draft enabled(Did by, boolean on) {
        return learn(by, "{'topic':'permissions_enabled','enabled':" + on + "}");
    }

    /** Each {@code name action priority expression}. */
    public static EngineConfig of(boolean enabled, String... rules) {
        MemoryLog log = new MemoryLog(Clock.systemUTC());
        for (String rule : rules) {
            String[] parts = rule.split(" ", 4);
            log.append(List.of(Append.of(rule(ALICE, parts[0], parts[1], Long.parseLong(parts[2]), parts[3]))));
        }
        if (enabled) {
            log.append(List.of(Append.of(enabled(ALICE, true))));
        }
        EngineConfigs configs = new EngineConfigs(log, new Expressions());
        configs.catchUp();
        if (!configs.current().refused().isEmpty()) {
            throw new IllegalArgumentException(configs.current().refused().toString());
        }
        return configs.current();
    }
}
