package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.cli.StubServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExprTest {

    private static final String CHECK = "POST /api/v1/expressions/check";
    private static final String EVAL = "POST /api/v1/expressions/eval";

    @TempDir
    Path folder;

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatCompilesIsOk() {
        server.on(CHECK, 200, "{\"ok\":true,\"error\":null}");
        Ran ran = server.run("expr", "check", "true");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("ok\n");
        assertThat(server.asked().get(0).body()).isEqualTo("{\"context\":\"routing\",\"expression\":\"true\"}");
    }

    @Test
    void whatDoesNotCompileIsShownWithACaretUnderIt() {
        server.on(CHECK, 200, "{\"ok\":false,\"error\":{\"message\":\"unknown\",\"line\":2,\"column\":4}}");
        Ran ran = server.run("expr", "check", "true\n&& nobody", "--context", "join");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("&& nobody\n   ^\nline 2, column 4: unknown\n");
        assertThat(server.asked().get(0).body()).contains("\"context\":\"join\"");
        assertThat(server.run("expr", "check", "x", "--json").exitCode()).isEqualTo(2);
    }

    @Test
    void aValueIsShownAsJson() {
        server.on("GET /api/v1/records/abc", 200, "{\"id\":\"abc\",\"act\":\"DO\"}");
        server.on(EVAL, 200, "{\"value\":\"DO\"}");
        Ran ran = server.run("expr", "eval", "record.act", "--record", "abc");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("\"DO\"\n");
        assertThat(server.asked().get(1).body())
                .isEqualTo("{\"context\":\"routing\",\"expression\":\"record.act\","
                        + "\"bindings\":{\"record\":{\"id\":\"abc\",\"act\":\"DO\"}}}");
    }

    @Test
    void bindingsComeFromAFile() throws IOException {
        server.on(EVAL, 200, "{\"value\":true}");
        Path file = Files.writeString(folder.resolve("b.json"), "{\"system\":{\"lag\":1}}");
        server.run("expr", "eval", "system.lag == 1", "--bindings", file.toString());
        assertThat(server.asked().get(0).body()).endsWith("\"bindings\":{\"system\":{\"lag\":1}}}");
        Ran none = server.run(
                "expr", "eval", "true", "--bindings", folder.resolve("none").toString());
        assertThat(none.exitCode()).isEqualTo(2);
    }

    @Test
    void anEvalThatDoesNotCompileHasItsCaretAndOneThatFailsIsRefused() {
        server.on(EVAL, 422, "{\"detail\":\"d\",\"reason\":\"r\",\"line\":1,\"column\":2}");
        server.on(EVAL, 422, "{\"code\":\"INVALID_INPUT\",\"detail\":\"no such key\"}");
        Ran ran = server.run("expr", "eval", "x +");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("x +\n ^\nline 1, column 2: r\n");
        assertThat(server.run("expr", "eval", "x").exitCode()).isEqualTo(4);
    }
}
