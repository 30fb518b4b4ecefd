package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Claude Code's command line tool, its prompt on standard input. */
public final class ClaudeAgent implements Agent {

    /** Most output tokens per model response that the tool takes. */
    private static final long MAX_TOKENS_MAX = 128_000;

    private final String command;
    private final String apiKey;
    private final String baseUrl;
    private final Supplier<Prices> prices;

    /**
     * @param command the program, by name or path
     * @param apiKey  empty for none, and then a phase fails with {@code auth}
     * @param baseUrl of the model API; empty for the provider's own
     * @param prices  as they are when a phase is checked
     */
    public ClaudeAgent(String command, String apiKey, String baseUrl, Supplier<Prices> prices) {
        this.command = command;
        this.apiKey = apiKey;
        this.baseUrl = baseUrl;
        this.prices = prices;
    }

    @Override
    public String name() {
        return "claude";
    }

    @Override
    public boolean usesNetwork() {
        return true;
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    public Optional<String> cannot(Phase phase) {
        return tokens(phase).or(() -> budget(phase));
    }

    /** An alias names a model only when it runs; a budget on one without a price then stops it at its first reply. */
    private Optional<String> budget(Phase phase) {
        boolean named = phase.model() != null && phase.model().contains("-");
        return phase.maxCostUsd() != null
                        && named
                        && prices.get().of(phase.model()).isEmpty()
                ? Optional.of("Expected a model whose price is known, because max_cost_usd is set, but phase "
                        + phase.id() + " has model " + phase.model())
                : Optional.empty();
    }

    private static Optional<String> tokens(Phase phase) {
        Long tokens = phase.maxTokens();
        return tokens == null || (tokens > 0 && tokens <= MAX_TOKENS_MAX)
                ? Optional.empty()
                : Optional.of("Expected max_tokens, which holds for each model response, from 1 to " + MAX_TOKENS_MAX
                        + ", but phase " + phase.id() + " has " + tokens);
    }

    @Override
    public Sandbox.Running start(Sandbox sandbox, Sandbox.Place place, Brief brief, Sandbox.LineSink sink) {
        Program program = new Program(argv(brief.phase()), environment(brief, place), ".", brief.prompt());
        return sandbox.start(place, program, sink);
    }

    List<String> argv(Phase phase) {
        List<String> argv = new ArrayList<>(List.of(command, "-p", "--output-format", "stream-json", "--verbose"));
        if (phase.model() != null) {
            argv.addAll(List.of("--model", phase.model()));
        }
        if (phase.allowedTools().isEmpty()) {
            argv.add("--dangerously-skip-permissions");
        } else {
            argv.add("--allowedTools");
            argv.addAll(phase.allowedTools());
        }
        return argv;
    }

    Map<String, String> environment(Brief brief, Sandbox.Place place) {
        Map<String, String> environment = Surroundings.of(brief, place);
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("DISABLE_AUTOUPDATER", "1");
        // The workspace is the sandbox: without this, root may not skip the questions nobody is there to answer.
        environment.put("IS_SANDBOX", "1");
        if (!apiKey.isEmpty()) {
            environment.put("ANTHROPIC_API_KEY", apiKey);
        }
        if (!baseUrl.isEmpty()) {
            environment.put("ANTHROPIC_BASE_URL", baseUrl);
        }
        if (brief.phase().maxTokens() != null) {
            environment.put(
                    "CLAUDE_CODE_MAX_OUTPUT_TOKENS", brief.phase().maxTokens().toString());
        }
        return environment;
    }
}
