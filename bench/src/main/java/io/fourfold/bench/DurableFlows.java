package io.fourfold.bench;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import io.fourfold.server.EmbeddedPostgres;

/** DBOS in the same PostgreSQL, in a schema of its own: a workflow of two steps that do nothing. */
final class DurableFlows implements AutoCloseable {

    private static final String APPLICATION = "bench";
    private static final Queue WAITING = new Queue("waiting");

    /** What is registered: DBOS wants an interface. */
    public interface TwoSteps {
        String run(String input);
    }

    private record Steps(DBOS dbos) implements TwoSteps {
        @Override
        @Workflow(name = "two-steps")
        public String run(String input) {
            String first = dbos.runStep(() -> input + "1", "first");
            return dbos.runStep(() -> first + "2", "second");
        }
    }

    private final DBOS dbos;
    private final TwoSteps steps;

    /** It listens to no queue, so that what is put into one waits. */
    DurableFlows(String url) {
        dbos = new DBOS(DBOSConfig.defaults(APPLICATION)
                .withDatabaseUrl(url)
                .withDbUser(EmbeddedPostgres.USER)
                .withDbPassword("")
                .withDatabaseSchema("dbos")
                .withAppVersion("1")
                .withListenQueues("none"));
        steps = dbos.registerProxy(TwoSteps.class, new Steps(dbos));
        dbos.registerQueues(WAITING);
        dbos.launch();
    }

    /** Returns when it is durable that the workflow will run. */
    void start() {
        dbos.startWorkflow(() -> steps.run("x"), new StartWorkflowOptions(WAITING));
    }

    /** Returns when the workflow is over. */
    void run() {
        dbos.startWorkflow(() -> steps.run("x")).getResult();
    }

    @Override
    public void close() {
        dbos.shutdown();
    }
}
