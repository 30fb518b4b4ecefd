package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Refused;
import io.fourfold.cli.ServerFile;
import io.fourfold.cli.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says whether the server runs, and where. Ends with 0 when it does, else with 3.")
public final class Status implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    @Option(
            names = "--json",
            description = "As one JSON object: state, url, pid, database_pid, version, data, role, nodes.")
    private boolean json;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<RunningServer> running = RunningServer.on(data.folder());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put(
                "state",
                running.map(server -> server.ready() ? "running" : "starting").orElse("stopped"));
        Optional<ServerFile> file = running.map(RunningServer::file);
        status.put("url", file.map(ServerFile::url).orElse(null));
        status.put("pid", file.map(ServerFile::pid).orElse(null));
        status.put("database_pid", file.map(ServerFile::databasePid).orElse(null));
        status.put("version", file.map(ServerFile::version).orElse(null));
        status.put("data", data.folder().toString());
        running.filter(RunningServer::ready).ifPresent(server -> ask(server, status));
        print(status);
        return running.filter(RunningServer::ready).isPresent() ? 0 : NOT_RUNNING;
    }

    /** What only the server itself knows; left out where it does not say so to this caller. */
    private static void ask(RunningServer server, Map<String, Object> status) {
        ApiClient api = new ApiClient(server.file().url(), Client.environmentToken());
        try {
            status.put("role", api.get("/health").path("node").path("role").asText());
            List<String> nodes = new ArrayList<>();
            for (JsonNode node : api.get("/engine/nodes").path("nodes")) {
                nodes.add(node.path("name").asText() + " (" + node.path("role").asText() + ", "
                        + (node.path("present").asBoolean()
                                ? "up"
                                : "last seen " + Shown.time(node, "seen_at") + " UTC")
                        + ")");
            }
            status.put("nodes", nodes);
        } catch (Refused | Exit unsaid) {
            status.putIfAbsent("role", null);
        }
    }

    private void print(Map<String, Object> status) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(status));
            return;
        }
        status.forEach((name, value) -> {
            if (value != null) {
                out.printf("%-13s %s%n", name.replace('_', ' '), value);
            }
        });
    }
}
