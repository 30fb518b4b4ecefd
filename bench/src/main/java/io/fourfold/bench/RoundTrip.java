package io.fourfold.bench;

import io.fourfold.log.jpa.TestJpa;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From the start of an execution of two phases, whose agents end at once, until it is completed; beside a DBOS workflow
 * of two steps in the same PostgreSQL. Arguments: {@code --clients N} (8, beside 1), {@code --url JDBC}.
 */
public final class RoundTrip {

    private RoundTrip() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url());
                TwoPhases ours = TwoPhases.on(database);
                DurableFlows theirs = new DurableFlows(postgres.url())) {
            Map<String, Measured.Call> contenders = new LinkedHashMap<>();
            contenders.put("executions", caller -> ours.run());
            contenders.put("DBOS", caller -> theirs.run());
            Sheet sheet = new Sheet(System.out);
            for (int clients : new int[] {1, options.number("--clients", 8)}) {
                sheet.title("Two steps, from start to end, by " + clients + " clients");
                sheet.ratio("round trips", sheet.measure(clients, 1, contenders), "executions", "DBOS");
            }
        }
    }
}
