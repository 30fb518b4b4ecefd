package io.fourfold.routing;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Facts;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the cascade decides on, read together. */
public final class Situations {

    private final EngineConfigs configs;
    private final BooleanSupplier intelligence;

    /** @param intelligence whether a model may be asked for a rule */
    public Situations(EngineConfigs configs, BooleanSupplier intelligence) {
        this.configs = configs;
        this.intelligence = intelligence;
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
                intelligence.getAsBoolean());
    }
}
