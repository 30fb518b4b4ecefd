package io.fourfold.orchestration.workflow;

import io.fourfold.kit.Wire;
import java.math.BigDecimal;
import java.util.List;

/**
 * One phase as written in the workflow, prompt files already read in.
 *
 * @param order          place in the run, from 1
 * @param prompt         the prompt's template, or for {@code run} and {@code command} the command line's; never null
 * @param agent          {@code claude}, {@code command}, {@code replay}; {@code run} is {@code command}
 * @param model          alias or full id; null where no model is used
 * @param recording      for {@code replay}: path of the recording inside the package, else null
 * @param pace           for {@code replay}: 0 plays at once, 1 as recorded, 2 at half the speed
 * @param maxTokens      null for no limit
 * @param maxCostUsd     null for no limit
 * @param executionType  {@code sequential}, {@code parallel} or {@code human_in_loop}
 * @param when           a CEL condition, or null
 */
public record Phase(
        String id,
        String name,
        int order,
        String description,
        String argumentHint,
        String prompt,
        String agent,
        String model,
        String recording,
        double pace,
        List<String> allowedTools,
        Long maxTokens,
        int timeoutSeconds,
        BigDecimal maxCostUsd,
        List<String> inputArtifacts,
        List<String> outputArtifacts,
        String executionType,
        String when) {

    public static final int TIMEOUT_SECONDS = 300;

    /** Money is equal where its amount is, so {@code 0.10} is kept as {@code 0.1}. */
    public Phase {
        maxCostUsd = maxCostUsd == null ? null : new BigDecimal(Wire.money(maxCostUsd));
        allowedTools = List.copyOf(allowedTools);
        inputArtifacts = List.copyOf(inputArtifacts);
        outputArtifacts = List.copyOf(outputArtifacts);
    }

    Phase with(String newPrompt, String newModel, int newTimeoutSeconds, List<String> newTools) {
        return new Phase(
                id,
                name,
                order,
                description,
                argumentHint,
                newPrompt,
                agent,
                newModel,
                recording,
                pace,
                newTools,
                maxTokens,
                newTimeoutSeconds,
                maxCostUsd,
                inputArtifacts,
                outputArtifacts,
                executionType,
                when);
    }
}
