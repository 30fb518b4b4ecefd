package io.fourfold.orchestration.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every agent finds in its environment. */
final class Surroundings {

    private Surroundings() {}

    /** A new map, for a provider to add to. */
    static Map<String, String> of(Brief brief) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("FOURFOLD_EXECUTION_ID", brief.executionId());
        environment.put("FOURFOLD_PHASE_ID", brief.phase().id());
        environment.put("FOURFOLD_PHASE_DEADLINE", brief.deadline().toString());
        return environment;
    }

    /** Where it starts, relative to the workspace: in its first repository, else at the top. */
    static String folder(Brief brief) {
        return brief.repoFolder() == null ? "." : brief.repoFolder();
    }
}
