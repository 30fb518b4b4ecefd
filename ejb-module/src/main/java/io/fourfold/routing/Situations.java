package io.fourfold.routing;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Facts;
import java.util.Optional;

/** What the cascade decides on, read together. */
public final class Situations {

    private final EngineConfigs configs;

    public Situations(EngineConfigs configs) {
        this.configs = configs;
    }

    /** No older than any record that was there before the call. */
    public Situation now() {
        configs.catchUp();
        EngineConfig config = configs.current();
        return new Situation(
                config.routingRules(),
                config.position(),
                record -> Facts.NONE,
                record -> Optional.empty(),
                domain -> Optional.empty(),
                false);
    }
}
