package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "record", mixinStandardHelpOptions = true, description = "Records: what the log holds.")
public final class Records {

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a record.")
    int show(@Mixin Client client, @Parameters(paramLabel = "ID", description = "A record.") String id) {
        JsonNode entry = client.api().get("/records/" + ApiClient.escaped(id));
        if (!client.json()) {
            client.output()
                    .line(Shown.text(entry, "act") + " by " + Shown.text(entry, "actor") + " in "
                            + Shown.text(entry, "thread") + ", position " + Shown.text(entry, "position") + ", "
                            + Shown.time(entry, "recorded_at"));
        }
        client.output().json(client.json() ? entry : entry.path("body"));
        return Exit.OK;
    }

    @Command(
            name = "prove",
            mixinStandardHelpOptions = true,
            description = "Writes the proof that a record is in the log under a signed tree head.")
    int prove(
            @Mixin Client client,
            @Parameters(paramLabel = "ID", description = "A record.") String id,
            @Option(names = "--size", paramLabel = "N", description = "Under the head of N records; else the newest.")
                    Long size,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to; it is overwritten.")
                    Path file) {
        String path = "/audit/proof?record=" + ApiClient.escaped(id) + (size == null ? "" : "&size=" + size);
        Audit.write(client.output(), file, client.api().get(path));
        return Exit.OK;
    }
}
