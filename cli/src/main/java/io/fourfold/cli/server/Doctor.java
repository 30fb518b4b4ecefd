package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.server.Check.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks what Fourfold needs and says what to do. "
                + "Ends with 1 when something fails; warnings end with 0.")
public final class Doctor implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Check> checks = Checks.IN_ORDER.stream()
                .map(check -> check.apply(data.folder()))
                .toList();
        Optional<JsonNode> server = serverFindings();
        if (json) {
            printJson(checks, server);
        } else {
            printText(checks, server);
        }
        return checks.stream().anyMatch(check -> check.state() == State.FAIL) ? 1 : 0;
    }

    /** What the server finds about itself, the rehash of its log above all. */
    private Optional<JsonNode> serverFindings() throws IOException {
        Optional<String> body = RunningServer.on(data.folder())
                .flatMap(running -> Checks.get(running.file().url().resolve("/api/v1/doctor")))
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> answer.body());
        return body.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(body.get()));
    }

    private void printText(List<Check> checks, Optional<JsonNode> server) {
        PrintWriter out = spec.commandLine().getOut();
        for (Check check : checks) {
            out.printf("%-5s %-16s %s%n", word(check.state()), check.name(), check.detail());
            if (!check.advice().isEmpty()) {
                out.printf("%-22s %s%n", "", check.advice());
            }
        }
        server.ifPresent(findings -> findings.properties()
                .forEach(field -> out.printf("      %-16s %s%n", field.getKey(), field.getValue())));
    }

    private void printJson(List<Check> checks, Optional<JsonNode> server) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        for (Check check : checks) {
            all.withArray("checks")
                    .addObject()
                    .put("name", check.name())
                    .put("state", word(check.state()))
                    .put("detail", check.detail())
                    .put("advice", check.advice());
        }
        server.ifPresent(findings -> all.set("server", findings));
        spec.commandLine().getOut().println(JSON.writeValueAsString(all));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
