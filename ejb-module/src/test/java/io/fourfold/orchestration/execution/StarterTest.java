package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.kit.Commands;
import io.fourfold.kit.HandClock;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.concurrency.ConcurrencyKey;
import io.fourfold.orchestration.workflow.Concurrency;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of those that come under a concurrency key, as records say it. */
class StarterTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Log log = new MemoryLog(clock);
    private final Commands commands =
            new Commands(log, append -> log.append(List.of(append)).getFirst(), clock);
    private final Starter starter = new Starter(commands);

    private static WorkflowDefinition workflow(String concurrency) {
        return Samples.workflow("{id: w, inputs: [{name: pr, default: '7'}], concurrency: " + concurrency
                + ", phases: [{id: one, run: 'true'}]}");
    }

    private Outcome<ExecutionState> start(String id, String concurrency, String pr) {
        Starter.Request request =
                new Starter.Request("w", Map.of("pr", pr), null, List.of("Octo/Hello"), null, null, "acme/shop");
        return starter.start(id, workflow(concurrency), request, ALICE);
    }

    private ExecutionState state(String id) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(id));
    }

    private String last(String id) {
        return log.thread(Execution.threadOf(id), 0, Log.READ_MAX)
                .getLast()
                .body()
                .toString();
    }

    private void over(String id) {
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Cancel(id, "done", true), ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e999999999", "1e-999999999", "1e308"})
    void aBudgetThatIsNoneOrEndlesslyLongIsRefused(String usd) {
        Starter.Request request =
                new Starter.Request("w", Map.of(), null, List.of(), new BigDecimal(usd), null, "acme/shop");
        assertThat(starter.start("exec-1", workflow("{key: k}"), request, ALICE))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                                refused.refusal().message())
                        .startsWith("max_budget_usd: expected more than 0, of at most 40 digits, but was "));
    }

    @Test
    void theTicketIsPinned() {
        start("exec-1", "{key: 'pr-{{pr}}', limit: 2}", "12");
        Ticket ticket = state("exec-1").plan().ticket();
        assertThat(ticket.namespace()).isEqualTo("acme/shop");
        assertThat(ticket.key()).isEqualTo("pr-12");
        assertThat(ticket.limit()).isEqualTo(2);
        assertThat(ticket.tags()).contains("namespace:acme", "workflow:w", "repository:octo/hello");
    }

    @Test
    void withoutAKeyItIsTheWorkflowsId() {
        start("exec-1", "{behavior: FAIL}", "1");
        assertThat(state("exec-1").plan().ticket().key()).isEqualTo("w");
    }

    @Test
    void queuedOnesWaitForOneAnother() {
        start("exec-1", "{behavior: QUEUE}", "1");
        start("exec-2", "{behavior: QUEUE}", "1");
        assertThat(state("exec-1").status()).isEqualTo(Status.NOT_STARTED);
        assertThat(state("exec-2").status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void aNewcomerIsRecordedAndCancelledWithTheReasonWhileTheKeyIsHeld() {
        String concurrency = "{key: 'pr-{{pr}}', behavior: CANCEL}";
        start("exec-1", concurrency, "1");
        assertThat(start("exec-2", concurrency, "1")).isInstanceOf(Outcome.Done.class);
        start("exec-3", concurrency, "2");
        assertThat(state("exec-2").status()).isEqualTo(Status.CANCELLED);
        assertThat(last("exec-2")).contains("pr-1", "held by exec-1");
        assertThat(state("exec-3").status()).isEqualTo(Status.NOT_STARTED);
        over("exec-1");
        start("exec-4", concurrency, "1");
        assertThat(state("exec-4").status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void aNewcomerIsRecordedAndHasFailedWithTheReasonWhileTheKeyIsHeld() {
        start("exec-1", "{behavior: FAIL, limit: 2}", "1");
        start("exec-2", "{behavior: FAIL, limit: 2}", "1");
        start("exec-3", "{behavior: FAIL, limit: 2}", "1");
        assertThat(state("exec-3").status()).isEqualTo(Status.FAILED);
        assertThat(last("exec-3")).contains("CONCURRENCY", "held by exec-1, exec-2");
    }

    @Test
    void thoseThatHoldTheKeyGoForTheOneThatReplacesThem() {
        start("exec-1", "{behavior: REPLACE}", "1");
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Start("exec-1", "node"), ALICE);
        start("exec-2", "{behavior: REPLACE}", "1");
        start("exec-3", "{behavior: REPLACE}", "1");
        assertThat(state("exec-1").status()).isEqualTo(Status.CANCELLED);
        assertThat(last("exec-1")).contains("replaced by exec-2");
        assertThat(last("exec-2")).contains("replaced by exec-3");
        assertThat(state("exec-3").status()).isEqualTo(Status.NOT_STARTED);
    }

    /** As it is left when the server goes down once the newcomer is queued. */
    private void replaceHalfDone() {
        start("exec-1", "{behavior: REPLACE}", "1");
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Start("exec-1", "node"), ALICE);
        AtomicInteger appends = new AtomicInteger();
        Commands crashing = new Commands(
                log,
                append -> {
                    if (appends.incrementAndGet() > 2) {
                        throw new IllegalStateException("down");
                    }
                    return log.append(List.of(append)).getFirst();
                },
                clock);
        Starter.Request request = request();
        assertThatThrownBy(() -> new Starter(crashing).start("exec-2", workflow("{behavior: REPLACE}"), request, ALICE))
                .hasMessage("down");
        assertThat(state("exec-1").status()).isEqualTo(Status.RUNNING);
        assertThat(state("exec-2").status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void aReplacementThatWasLeftHalfDoneIsFinished() {
        replaceHalfDone();
        new Replacing(commands).finish(List.of("w"), ALICE);
        assertThat(state("exec-1").status()).isEqualTo(Status.CANCELLED);
        assertThat(last("exec-1")).contains("replaced by exec-2");
        assertThat(state("exec-2").status()).isEqualTo(Status.NOT_STARTED);
        long head = log.head();
        new Replacing(commands).finish(List.of("w"), ALICE);
        assertThat(log.head()).isEqualTo(head);
    }

    @Test
    void theNextUnderTheKeyFinishesIt() {
        replaceHalfDone();
        start("exec-3", "{behavior: QUEUE}", "1");
        assertThat(state("exec-1").status()).isEqualTo(Status.CANCELLED);
        assertThat(state("exec-2").status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void nobodyGoesForOneThatWasNeverQueued() {
        start("exec-1", "{behavior: REPLACE}", "1");
        var enter =
                new ConcurrencyKey.Command.Enter("w", "exec-2", 1, Concurrency.Behavior.REPLACE, Set.of(), Set.of());
        commands.handle(ConcurrencyKey.AGGREGATE, enter, ALICE);
        new Replacing(commands).finish(List.of("w"), ALICE);
        assertThat(state("exec-1").status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void ofManyThatComeAtOnceOnlyAsManyComeInAsTheLimitAllows() throws Exception {
        List<Callable<Outcome<ExecutionState>>> tasks = new ArrayList<>();
        List<Starter> nodes = List.of(starter, new Starter(commands));
        for (int i = 0; i < 40; i++) {
            String id = "exec-" + i;
            Starter node = nodes.get(i % 2);
            tasks.add(() -> node.start(id, workflow("{behavior: CANCEL, limit: 2}"), request(), ALICE));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Outcome<ExecutionState>> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isInstanceOf(Outcome.Done.class);
            }
        }
        List<Status> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(state("exec-" + i).status());
        }
        assertThat(all.stream().filter(Status.NOT_STARTED::equals)).hasSize(2);
        assertThat(all.stream().filter(Status.CANCELLED::equals)).hasSize(38);
    }

    private static Starter.Request request() {
        return new Starter.Request("w", Map.of(), null, List.of(), null, null, "default");
    }

    @Test
    void startedAgainWithTheSameIdItIsThereAlreadyAndStaysInside() {
        start("exec-1", "{behavior: CANCEL}", "1");
        Outcome<ExecutionState> again = start("exec-1", "{behavior: CANCEL}", "1");
        assertThat(((Outcome.Refused<ExecutionState>) again).refusal().code()).isEqualTo(Refusal.Code.ALREADY_EXISTS);
        assertThat(state("exec-1").status()).isEqualTo(Status.NOT_STARTED);
        assertThat(commands.state(ConcurrencyKey.AGGREGATE, ConcurrencyKey.threadOf("w"))
                        .ids())
                .containsExactly("exec-1");
    }

    @Test
    void whatWasTurnedAwayMayBeTriedAgainAndThenWaitsInLine() {
        start("exec-1", "{behavior: FAIL}", "1");
        start("exec-2", "{behavior: FAIL}", "1");
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Retry("exec-2"), ALICE);
        assertThat(state("exec-2").status()).isEqualTo(Status.RUNNING);
        assertThat(last("exec-2")).contains("\"key\":\"w\"");
    }

    @Test
    void aKeyThatIsEmptyOrTooLongOnceFilledInIsRefused() {
        for (String pr : List.of("", "x".repeat(600))) {
            Outcome<ExecutionState> refused = start("exec-1", "{key: '{{pr}}'}", pr);
            assertThat(((Outcome.Refused<ExecutionState>) refused).refusal().message())
                    .startsWith("concurrency.key: expected 1 to 500 characters once it is filled in, but was");
        }
        assertThat(state("exec-1").exists()).isFalse();
    }
}
