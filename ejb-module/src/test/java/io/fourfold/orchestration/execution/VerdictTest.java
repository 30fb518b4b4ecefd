package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Commands;
import io.fourfold.log.Did;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.agent.Text;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Did ACTOR = new Did("did:fourfold:system:executor");

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final MemoryLog log = new MemoryLog(clock);
    private final Commands commands =
            new Commands(log, append -> log.append(List.of(append)).get(0), clock);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a NUL \0 in plain output",
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"x\\u0000\\ud800y\"}",
                "{\"type\":\"result\",\"result\":\"\\u0000\",\"modelUsage\":{\"m\\ud800\":{\"inputTokens\":1}}}",
                "{\"type\":\"result\",\"is_error\":true,\"result\":\"x\\u0000\\ud800y\"}"
            })
    void whateverAnAgentPrintsCanBeRecorded(String line) throws IOException {
        assertThat(recorded(line)).doesNotContain("\0", "\ud800").contains("\uFFFD");
    }

    @Test
    void aCharacterCutInTwoCanBeRecorded() throws IOException {
        assertThat(recorded("x" + "\uD83D\uDE00".repeat(400))).contains("\uD83D\uDE00\uFFFD");
    }

    @Test
    void aLastWordLongerThanARecordIsCut() throws IOException {
        String reply = "\\u0001".repeat(Text.REPLY_MAX_CHARS * 2);
        assertThat(recorded("{\"type\":\"result\",\"is_error\":false,\"result\":\"" + reply + "\"}"))
                .hasSize(Text.REPLY_MAX_CHARS)
                .endsWith("…");
    }

    private String recorded(String line) throws IOException {
        AgentLines lines = new AgentLines(
                new AgentLines.Place("exec-1", "s1", "a"),
                new Transcript(Prices.DEFAULT),
                new Numbers(0),
                clock,
                observation -> {},
                folder,
                new Control(commands, "exec-1", ACTOR, () -> true).seat(),
                null);
        lines.line(Sandbox.Stream.OUT, line);
        lines.journal().close();
        AgentResult result = new Verdict(Samples.phases().get(0), lines, () -> 1).of(0, false);
        commands.handle(
                Session.AGGREGATE,
                new Session.Command.Start(
                        "s1", new Session.Subject("exec-1", "w", "w", "a", "a", "command", null, List.of())),
                ACTOR);
        commands.handle(Session.AGGREGATE, new Session.Command.Complete("s1", result, null, null, 0), ACTOR);
        assertThat(commands.state(Session.AGGREGATE, Session.threadOf("s1")).result())
                .isEqualTo(result);
        return result.message();
    }
}
