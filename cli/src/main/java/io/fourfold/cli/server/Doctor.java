package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Refused;
import io.fourfold.cli.server.Check.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
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

    @Option(
            names = "--rehash",
            description = "Recompute the id of every record and name each that does not match; without it, the newest.")
    private boolean rehash;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Check> checks = new ArrayList<>(Checks.IN_ORDER.stream()
                .map(check -> check.apply(data.folder()))
                .toList());
        Optional<JsonNode> server = serverFindings(checks);
        RehashCheck whole = rehash ? wholeLog(checks) : null;
        if (json) {
            printJson(checks, server, whole);
        } else {
            printText(checks, server);
        }
        return checks.stream().anyMatch(check -> check.state() == State.FAIL) ? 1 : 0;
    }

    private static Check health(JsonNode found) {
        long mismatches = found.path("rehash").path("mismatches").asLong();
        String detail =
                found.path("rehash").path("checked").asLong() + " newest records rehashed, " + mismatches + " findings";
        return found.path("healthy").asBoolean()
                ? Check.ok("engine", detail)
                : Check.fail(
                        "engine",
                        detail,
                        mismatches > 0 ? "Name them all: fourfold doctor --rehash" : "Read fourfold status and logs.");
    }

    private RehashCheck wholeLog(List<Check> checks) {
        RunningServer server = RunningServer.on(data.folder())
                .orElseThrow(() -> new Exit(
                        Exit.UNREACHABLE, "No server runs on " + data.folder() + ". Start one with: fourfold up"));
        RehashCheck check = new RehashCheck(api(server), spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        checks.add(check.run(finding -> {
            if (!json) {
                out.println("fail  " + finding);
                out.flush();
            }
        }));
        return check;
    }

    /** What the server finds about itself: how it is, and whether the end of its log is what was written. */
    private Optional<JsonNode> serverFindings(List<Check> checks) {
        Optional<RunningServer> running = RunningServer.on(data.folder());
        if (running.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode found = api(running.get()).get("/doctor");
            checks.add(health(found));
            return Optional.of(found);
        } catch (Refused | Exit silent) {
            checks.add(Check.fail(
                    "engine", "the server does not say how it is: " + silent.getMessage(), "Read fourfold logs."));
            return Optional.empty();
        }
    }

    private static ApiClient api(RunningServer server) {
        return new ApiClient(server.file().url(), System.getenv(Client.TOKEN_VARIABLE));
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

    private void printJson(List<Check> checks, Optional<JsonNode> server, RehashCheck whole) throws IOException {
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
        if (whole != null) {
            all.set("findings", whole.findings());
        }
        spec.commandLine().getOut().println(JSON.writeValueAsString(all));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
