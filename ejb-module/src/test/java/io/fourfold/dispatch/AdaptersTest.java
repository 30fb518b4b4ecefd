package io.fourfold.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fourfold.kit.Entries;
import io.fourfold.kit.Wire;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.workspace.Collected;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters against a real process and a real server. */
class AdaptersTest {

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private byte[] answer = {};

    @TempDir
    Path scratch;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Brief brief(Duration timeout) {
        Entry record = new Entries().add(new ThreadId("th_work"), Act.INTEND, Json.parse("{\"goal\":\"go\",\"n\":7}"));
        return new Brief(
                "dsp-1",
                record,
                new Did("did:x:y"),
                new ThreadId("th_own"),
                record.id(),
                timeout,
                new BigDecimal("0.50"));
    }

    private Report http(Duration timeout) throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/do");
        return new HttpAdapter(HttpClient.newHttpClient(), url).perform(brief(timeout));
    }

    private Report command(String script, Duration timeout) throws InterruptedException {
        return new CommandAdapter(List.of("sh", "-c", script), scratch).perform(brief(timeout));
    }

    /** Whether no process has a path in its command line. */
    private static boolean runsNoMore(Path named) {
        return ProcessHandle.allProcesses()
                .noneMatch(p -> p.info().commandLine().orElse("").contains(named.toString()));
    }

    private static Result result(Report report) {
        assertThat(report).isInstanceOf(Report.Finished.class);
        return ((Report.Finished) report).result();
    }

    @Test
    void aServiceGetsTheBriefAndItsAnswerIsTheResult() throws Exception {
        answer = "{\"success\":true,\"cost_usd\":\"0.25\",\"tokens_in\":3,\"tokens_out\":4}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(result(http(Duration.ofSeconds(5)))).isEqualTo(new Result(true, null, new BigDecimal("0.25"), 3, 4));
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request).startsWith("dsp-1 ");
            var brief = Wire.MAPPER.readTree(request.substring(6));
            assertThat(brief.get("body").get("n").intValue()).isEqualTo(7);
            assertThat(brief.get("budget_usd").asText()).isEqualTo("0.5");
            assertThat(brief.get("thread").asText()).isEqualTo("th_own");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200,Finished",
        "201,Finished",
        "202,HandedOver",
        "404,Finished",
        "408,Transient",
        "429,Transient",
        "500,Transient",
        "503,Transient"
    })
    void theStatusSaysWhatBecomesOfIt(int code, String kind) throws Exception {
        status = code;
        Report report = http(Duration.ofSeconds(5));
        assertThat(report.getClass().getSimpleName()).isEqualTo(kind);
        if (report instanceof Report.Finished finished) {
            assertThat(finished.result().success()).isEqualTo(code < 300);
        }
    }

    @Test
    void aServiceThatIsAwayIsTransientAndOneThatHangsOrAnswersTooMuchIsNot() throws Exception {
        answer = new byte[100_000];
        assertThat(result(http(Duration.ofSeconds(5))).failureReason()).contains("at most 65536 bytes");
        server.removeContext("/");
        server.createContext("/", exchange -> exchange.getRequestBody().readAllBytes());
        assertThat(result(http(Duration.ofMillis(300))).failureReason()).startsWith("timeout");
        server.stop(0);
        assertThat(http(Duration.ofSeconds(5))).isInstanceOf(Report.Transient.class);
    }

    @Test
    void aResultWithoutAReadableCostIsAFailureThatSaysSo() throws Exception {
        answer = "{\"cost_usd\":\"cheap\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(result(http(Duration.ofSeconds(5))).failureReason())
                .isEqualTo("cost_usd: expected a decimal, but was \"cheap\"");
    }

    @Test
    void aCommandReadsItsBriefFromAFileAndItsLastLineIsTheResult() throws Exception {
        Report report = command(
                "echo working; grep -c '\"n\":7' $FOURFOLD_BRIEF >/dev/null && echo '{\"cost_usd\":\"0.1\"}'",
                Duration.ofSeconds(10));
        assertThat(result(report)).isEqualTo(new Result(true, null, new BigDecimal("0.1"), 0, 0));
        try (var left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCommandSeesNothingOfTheServersEnvironment() throws Exception {
        String reason = result(command("env | cut -d= -f1 | sort | tr '\\n' ' '; exit 1", Duration.ofSeconds(10)))
                .failureReason();
        assertThat(reason).startsWith("exit 1: ").contains("FOURFOLD_BRIEF", "HOME", "PATH");
        assertThat(reason.split(" ")).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void aCommandThatAsksForAnotherTryGetsOneAndOneThatHangsIsEndedWithItsChildren() throws Exception {
        assertThat(command("echo busy; exit 75", Duration.ofSeconds(10)))
                .isEqualTo(new Report.Transient("exit 75: busy"));
        Path alive = scratch.resolveSibling(scratch.getFileName() + ".alive");
        Report report = command("(sleep 3; touch " + alive + ") & sleep 30", Duration.ofMillis(500));
        assertThat(result(report).failureReason()).startsWith("timeout");
        Thread.sleep(3_500);
        assertThat(alive).doesNotExist();
    }

    @Test
    void anEndedShellDoesNotGoOnWithItsNextLine() throws Exception {
        Path next = scratch.resolve("next");
        // Ended one by one, the first child would be gone long before the shell that waits for it.
        String script = "sleep 300 & first=$!; for i in $(seq 200); do sleep 300 & done; wait $first; : > " + next;
        assertThat(result(command(script, Duration.ofSeconds(1))).failureReason())
                .startsWith("timeout");
        assertThat(next).doesNotExist();
    }

    @Test
    void anInterruptEndsACommandAndItsShellDoesNotGoOn() throws Exception {
        Path begun = scratch.resolve("begun");
        Path next = scratch.resolve("next");
        AtomicReference<Throwable> met = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                command(": > " + begun + "; sleep 300; : > " + next, Duration.ofMinutes(5));
            } catch (Throwable thrown) {
                met.set(thrown);
            }
        });
        Collected.await(() -> Files.exists(begun), "the begin of the command");
        caller.interrupt();
        caller.join();
        assertThat(met.get()).isInstanceOf(InterruptedException.class);
        assertThat(next).doesNotExist();
        assertThat(runsNoMore(scratch)).isTrue();
    }

    @Test
    void whatLeftTheSessionOfACommandIsEndedWithIt() throws Exception {
        Path pid = scratch.resolve("pid");
        String script = "setsid sh -c 'echo $$ > " + pid + "; sleep 300' & until [ -s " + pid + " ]; do :; done";
        assertThat(result(command(script, Duration.ofSeconds(20))).success()).isTrue();
        assertThat(runsNoMore(pid)).isTrue();
    }

    @Test
    void aCommandThatWritesTooMuchIsEndedAndToldTheLimit() throws Exception {
        String limit = "Expected at most 67108864 bytes of output, but it wrote more";
        assertThat(result(command("yes", Duration.ofSeconds(60))).failureReason())
                .isEqualTo(limit);
        assertThat(result(command("head -c 67108865 /dev/zero", Duration.ofSeconds(60)))
                        .failureReason())
                .isEqualTo(limit);
        assertThat(result(command("head -c 67108864 /dev/zero", Duration.ofSeconds(60)))
                        .success())
                .isTrue();
    }

    @Test
    void aCommandThatIsNotThereIsAFailureThatNamesIt() throws Exception {
        Report report = new CommandAdapter(List.of("/no/such/program"), scratch).perform(brief(Duration.ofSeconds(1)));
        assertThat(result(report).failureReason()).contains("/no/such/program");
    }

    @Test
    void whatCostMoreThanItMayIsNoSuccess() {
        Result dear = new Result(true, null, new BigDecimal("0.51"), 0, 0);
        assertThat(dear.within(new BigDecimal("0.50")).failureReason()).startsWith("budget_exceeded");
        assertThat(dear.within(new BigDecimal("0.51"))).isEqualTo(dear);
        assertThat(dear.within(null)).isEqualTo(dear);
    }
}
