package io.fourfold.dashboard;

import io.fourfold.config.Topic;
import java.util.Map;

/**
 * What a rule of each topic may look like: a form begins with it.
 *
 * @param name       empty where there is only one
 * @param expression null where the topic has none
 * @param rest       the other fields, JSON
 */
record Examples(String name, String expression, String rest) {

    private static final String PRICES = """
            {"model": "my-model*", "input": "3", "output": "15", "cache_write": "3.75", "cache_read": "0.3"}""";

    private static final Map<Topic<?>, Examples> ALL = Map.ofEntries(
            Map.entry(
                    Topic.ROUTING_RULE,
                    new Examples(
                            "greetings",
                            "record.body.goal.startsWith('Say hello')",
                            "{\"target\": \"did:fourfold:workflow:hello\", \"priority\": 0}")),
            Map.entry(
                    Topic.TRIGGER,
                    new Examples(
                            "on-orders",
                            "record.body.kind == 'order.v1'",
                            "{\"source\": \"record\", \"workflow\": \"hello\"}")),
            Map.entry(
                    Topic.FOLD_RULE,
                    new Examples("held", "task.labels.exists(l, l == 'hold')", "{\"status\": \"blocked\"}")),
            Map.entry(
                    Topic.HEALTH_CHECK,
                    new Examples("has-records", "system.records_total > 0", "{\"severity\": \"warn\"}")),
            Map.entry(
                    Topic.PERMISSION_RULE,
                    new Examples(
                            "people-may", "record.actor.startsWith('did:fourfold:user:')", "{\"action\": \"allow\"}")),
            Map.entry(Topic.PERMISSIONS_ENABLED, new Examples("", null, "{\"enabled\": false}")),
            Map.entry(Topic.AUTH_REQUIRED, new Examples("", null, "{\"enabled\": false}")),
            Map.entry(
                    Topic.DECISION_RULE,
                    new Examples("sure-enough", "proposal_confidence >= 0.95", "{\"action\": \"present\"}")),
            Map.entry(
                    Topic.ADAPTER,
                    new Examples(
                            "checker",
                            null,
                            "{\"did\": \"did:fourfold:service:checker\", \"family\": \"http\","
                                    + " \"url\": \"https://checker.example\", \"timeout_seconds\": 60}")),
            Map.entry(Topic.CRON_JOB, new Examples("daily-report", null, "{\"schedule\": \"5 0 * * *\"}")),
            Map.entry(Topic.ENGINE_LIMITS, new Examples("", null, "{\"max_concurrent_dispatches\": 4}")),
            Map.entry(Topic.DRIFT_DETECTION, new Examples("", null, "{\"k\": 0.5, \"h\": 5}")),
            Map.entry(Topic.STALL_WINDOW, new Examples("", null, "{\"hours\": 24}")),
            Map.entry(Topic.MODEL_PRICE, new Examples("my-model", null, PRICES)),
            Map.entry(
                    Topic.BODY_KIND,
                    new Examples("orders", null, "{\"kind\": \"order.v1\", \"paths\": [\"body.amount\"]}")),
            Map.entry(Topic.PACKAGE_REGISTRY, new Examples("acme", null, "{\"url\": \"acme/packages\"}")),
            Map.entry(Topic.RETENTION, new Examples("", null, "{\"telemetry_days\": 90}")));

    static Examples of(Topic<?> topic) {
        return ALL.get(topic);
    }
}
