package io.fourfold.bench;

import io.fourfold.log.jpa.TestJpa;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Starting executions in process, each queued durably, beside DBOS enqueueing workflows in the same PostgreSQL; none of
 * them runs. Arguments: {@code --clients N} (8), {@code --url JDBC}.
 */
public final class StartBench {

    private StartBench() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        int clients = options.number("--clients", 8);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url());
                TwoPhases ours = TwoPhases.on(database);
                DurableFlows theirs = new DurableFlows(postgres.url())) {
            Map<String, Measured.Call> contenders = new LinkedHashMap<>();
            contenders.put("executions", caller -> ours.start());
            contenders.put("DBOS", caller -> theirs.start());
            Sheet sheet = new Sheet(System.out);
            sheet.warmUp(clients, contenders);
            sheet.title("Starts by " + clients + " clients");
            sheet.ratio("starts", sheet.measure(clients, 1, contenders), "executions", "DBOS");
        }
    }
}
