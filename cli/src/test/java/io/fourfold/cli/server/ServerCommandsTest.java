package io.fourfold.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fourfold.cli.ServerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ServerCommandsTest {

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void statusOfNothingIsStoppedAndEndsWithThree() throws IOException {
        assertThat(run(new Status(), "--json")).isEqualTo(3);

        JsonNode status = new ObjectMapper().readTree(out.toString());
        assertThat(status.get("state").asText()).isEqualTo("stopped");
        assertThat(status.get("data").asText()).isEqualTo(data.toString());
        assertThat(status.get("pid").isNull()).isTrue();
    }

    @Test
    void aPidThatIsAnotherProgramByNowIsNotTakenForTheServer() throws IOException {
        serverFile(ProcessHandle.current().pid());

        assertThat(run(new Status())).isEqualTo(3);
        assertThat(run(new Down())).isZero();
        assertThat(out.toString()).contains("not running");
        assertThat(ServerFile.read(data)).isEmpty();
    }

    @Test
    void theUrlOfAServerThatIsGoneIsNotOffered() throws IOException {
        serverFile(ProcessHandle.current().pid());
        assertThat(ServerFile.url(data))
                .hasValueSatisfying(url -> assertThat(url).hasPort(8484));

        serverFile(Integer.MAX_VALUE);
        assertThat(ServerFile.url(data)).isEmpty();
    }

    @Test
    void logsShowsTheLastLines() throws IOException {
        Path log = Files.createDirectories(data.resolve("logs")).resolve("server.log");
        Files.writeString(
                log, IntStream.rangeClosed(1, 9).mapToObj(String::valueOf).collect(Collectors.joining("\n")));

        assertThat(run(new Logs(), "-n", "2")).isZero();
        assertThat(out.toString().lines()).containsExactly("8", "9");
    }

    @Test
    void logsBeforeTheFirstStartSaysWhatToDo() {
        assertThat(run(new Logs())).isEqualTo(1);
        assertThat(err.toString()).contains("fourfold up");
    }

    @Test
    void everyWarningOfTheDoctorSaysWhatToDo() throws IOException {
        run(new Doctor(), "--json");

        JsonNode checks = new ObjectMapper().readTree(out.toString()).get("checks");
        assertThat(checks.findValuesAsText("name")).contains("jdk", "disk", "server", "database", "docker", "git");
        assertThat(checks)
                .allSatisfy(check -> assertThat(check.get("state").asText().equals("ok"))
                        .isEqualTo(check.get("advice").asText().isEmpty()));
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run(new Up(), "--prot", "1")).isEqualTo(2);
    }

    private void serverFile(long pid) throws IOException {
        Files.writeString(
                data.resolve("server.json"),
                "{\"state\":\"ready\",\"url\":\"http://localhost:8484\",\"pid\":" + pid + ",\"database_pid\":null}");
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(IntStream.rangeClosed(-2, arguments.length - 1)
                        .mapToObj(i -> i == -2 ? "--data" : i == -1 ? data.toString() : arguments[i])
                        .toArray(String[]::new));
    }
}
