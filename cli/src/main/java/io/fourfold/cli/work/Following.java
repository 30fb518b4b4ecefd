package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.EventStream;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Screen;
import java.util.Locale;
import java.util.Set;

/** Follows one execution: progress while it runs, its result when it is over. */
final class Following {

    static final long RECONNECT_PAUSE_MILLIS = 1_000;
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "interrupted");

    /** The read model is a moment behind the stream. */
    private static final int SETTLE_TRIES = 100;

    private static final long SETTLE_PAUSE_MILLIS = 100;

    private final ApiClient api;
    private final Output output;
    private final boolean json;

    Following(ApiClient api, Output output, boolean json) {
        this.api = api;
        this.output = output;
        this.json = json;
    }

    int follow(String executionId) throws InterruptedException {
        Progress progress = new Progress();
        Screen screen = new Screen(output);
        String path = "/sse/executions/" + ApiClient.escaped(executionId);
        new EventStream(api, path, RECONNECT_PAUSE_MILLIS).follow(frame -> {
            String line = progress.apply(frame);
            screen.show(progress.board(), line);
            return frame.event().equals("end");
        });
        JsonNode execution = settled(executionId);
        if (json) {
            output.json(execution);
        } else {
            ExecutionReport.print(execution, output);
        }
        if (execution.path("status").asText().equalsIgnoreCase("completed")) {
            return Exit.OK;
        }
        throw new Exit(Exit.FAILED, progress.failure(execution));
    }

    private JsonNode settled(String executionId) throws InterruptedException {
        JsonNode execution = api.get("/executions/" + ApiClient.escaped(executionId));
        for (int i = 0;
                i < SETTLE_TRIES
                        && !OVER.contains(execution.path("status").asText().toLowerCase(Locale.ROOT));
                i++) {
            Thread.sleep(SETTLE_PAUSE_MILLIS);
            execution = api.get("/executions/" + ApiClient.escaped(executionId));
        }
        return execution;
    }
}
