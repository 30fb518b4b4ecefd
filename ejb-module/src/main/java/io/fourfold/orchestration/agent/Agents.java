package io.fourfold.orchestration.agent;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of providers. */
public final class Agents {

    private final Map<String, Agent> rows;

    public Agents(List<Agent> rows) {
        this.rows = rows.stream().collect(Collectors.toUnmodifiableMap(Agent::name, Function.identity()));
    }

    /** @throws IllegalArgumentException when there is no such provider: a workflow that names one was refused */
    public Agent of(String name) {
        Agent agent = rows.get(name);
        if (agent == null) {
            throw new IllegalArgumentException("Expected an agent of " + names() + ", but was " + name);
        }
        return agent;
    }

    /** Ascending. */
    public List<String> names() {
        return rows.keySet().stream().sorted().toList();
    }
}
