package io.fourfold.cli.work;

import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "artifact", mixinStandardHelpOptions = true, description = "Artifacts: the files that phases left.")
public final class Artifacts {

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists artifacts, the newest first.")
    int list(
            @Mixin Client client,
            @Option(names = "--workflow", paramLabel = "ID", description = "Only of this workflow.") String workflow,
            @Option(names = "--phase", paramLabel = "ID", description = "Only of phases with this id.") String phase,
            @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.") String type,
            @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("workflow_id", workflow);
        parameters.put("phase_id", phase);
        parameters.put("artifact_type", type);
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/artifacts", parameters),
                "artifacts",
                List.of("ID", "TITLE", "TYPE", "PHASE", ">SIZE", "CREATED (UTC)"),
                item -> List.of(
                        Shown.text(item, "id"),
                        Shown.text(item, "title"),
                        Shown.text(item, "artifact_type"),
                        Shown.text(item, "phase_id"),
                        Shown.bytes(item.path("size_bytes").asLong()),
                        Shown.time(item, "created_at")));
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Writes an artifact's bytes to standard output or a file; with --json, the artifact as JSON.")
    int get(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = "An artifact.") String id,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "Where to; it is overwritten.")
                    Path file)
            throws IOException {
        String path = "/artifacts/" + ApiClient.escaped(id);
        if (client.json()) {
            client.output().json(client.api().get(path + "?include_content=true"));
            return Exit.OK;
        }
        try (InputStream bytes = client.api().bytes(path + "/content?raw=true")) {
            if (file == null) {
                bytes.transferTo(System.out);
                System.out.flush();
                return Exit.OK;
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                bytes.transferTo(out);
            }
        }
        client.output().aside("Written to " + file);
        return Exit.OK;
    }
}
