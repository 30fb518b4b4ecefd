package io.fourfold.container;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Together;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.packages.GitSource;
import io.fourfold.packages.Installer;
import io.fourfold.packages.PackageReader;
import io.fourfold.packages.Registries;
import io.fourfold.packages.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** How packages are put together; the rest of {@link Wiring}. */
@ApplicationScoped
public class PackageWiring {

    private static BooleanSupplier local(EngineConfigs configs) {
        return () -> !Configuration.tokensOnly() && !configs.current().authRequired();
    }

    @Produces
    @Singleton
    GitSource git() {
        return new GitSource(Wiring.data().resolve("packages"));
    }

    @Produces
    @Singleton
    Registries registries(EngineConfigs configs, GitSource git, Clock clock) {
        return new Registries(configs, git, local(configs), clock);
    }

    @Produces
    @Singleton
    Sources sources(GitSource git, Registries registries, EngineConfigs configs) {
        return new Sources(git, registries, local(configs));
    }

    @Produces
    @Singleton
    Installer installer(Commands commands, EngineConfigs configs, Registrar registrar, ConfigDesk desk) {
        return new Installer(commands, new Together(commands), configs, registrar, new PackageReader(registrar, desk));
    }
}
