package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workspace.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every agent finds in its environment. */
final class Surroundings {

    private Surroundings() {}

    /** A new map, for a provider to add to. */
    static Map<String, String> of(Brief brief, Sandbox.Place place) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("FOURFOLD_EXECUTION_ID", brief.executionId());
        environment.put("FOURFOLD_PHASE_ID", brief.phase().id());
        environment.put("FOURFOLD_PHASE_DEADLINE", brief.deadline().toString());
        if (brief.repoFolder() != null) {
            environment.put("FOURFOLD_REPO_DIR", place.path() + "/" + brief.repoFolder());
        }
        return environment;
    }
}
