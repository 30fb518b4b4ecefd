package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.view.cache.RedisProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that shares what it reads in a real Redis, which dies and comes back. */
class RedisIT {

    @Test
    void losingRedisCostsSpeedAndNothingElse() {
        try (RedisProcess redis = RedisProcess.assumed();
                TestServer server =
                        new TestServer(Map.of("FOURFOLD_REDIS_URL", redis.url().toString()))) {
            server.up();
            String first = run(server);
            assertThat(status(server, first)).isEqualTo("completed");
            status(server, first);
            JsonNode cache = cache(server);
            assertThat(cache.path("kind").asText()).isEqualTo("redis");
            assertThat(cache.path("hits").asLong()).isPositive();
            assertThat(cache.path("failure").isNull()).isTrue();

            redis.kill();
            String second = run(server);
            assertThat(status(server, first)).isEqualTo("completed");
            assertThat(status(server, second)).isEqualTo("completed");
            JsonNode health = server.read("/api/v1/engine/health");
            assertThat(health.path("healthy").asBoolean()).isTrue();
            assertThat(health.path("cache").path("failure").asText()).isNotEmpty();

            redis.start();
            Wait.until(() -> {
                assertThat(status(server, second)).isEqualTo("completed");
                return cache(server).path("failure").isNull();
            });
            assertThat(status(server, run(server))).isEqualTo("completed");
        }
    }

    private static String run(TestServer server) {
        String workflow = RunIT.example("hello").toString();
        JsonNode run = server.json(0, "run", workflow, "--task", "Say hello", "--json");
        return run.get("workflow_execution_id").asText();
    }

    private static String status(TestServer server, String id) {
        JsonNode execution = server.read("/api/v1/executions/" + id);
        assertThat(execution.path("phases").findValuesAsText("status")).containsOnly("completed");
        return execution.path("status").asText();
    }

    private static JsonNode cache(TestServer server) {
        return server.read("/api/v1/engine/health").path("cache");
    }
}
