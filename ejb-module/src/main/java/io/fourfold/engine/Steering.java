package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.Fleet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.namespace.Namespaces;
import java.util.Collection;
import java.util.Map;

/** What the log says to this server itself, and the threads it says it on. */
public record Steering(Namespaces namespaces, EngineConfigs configs, FleetControl fleet) {

    /** Nothing of it read yet. */
    public static Steering of(Log log, Expressions expressions) {
        return new Steering(new Namespaces(log), new EngineConfigs(log, expressions), new FleetControl(log));
    }

    private Map<ThreadId, Runnable> readers() {
        return Map.of(
                NamespaceRegistry.THREAD, namespaces::catchUp,
                EngineConfig.THREAD, configs::catchUp,
                Fleet.THREAD, fleet::catchUp);
    }

    static boolean isOn(ThreadId thread) {
        return thread.equals(NamespaceRegistry.THREAD)
                || thread.equals(EngineConfig.THREAD)
                || thread.equals(Fleet.THREAD);
    }

    /** Reads on what these threads say. */
    public void catchUp(Collection<ThreadId> threads) {
        for (ThreadId thread : threads) {
            if (isOn(thread)) {
                readers().get(thread).run();
            }
        }
    }

    public void catchUp() {
        readers().values().forEach(Runnable::run);
    }
}
