package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "config", mixinStandardHelpOptions = true, description = "The server's settings.")
public final class Config {

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Every setting with its value and where the value comes from.")
    int show(@Mixin Client client) {
        JsonNode answer = client.api().get("/settings");
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode setting : answer.path("settings")) {
            rows.add(List.of(
                    Shown.text(setting, "name"),
                    Shown.text(setting, "value"),
                    Shown.text(setting, "source"),
                    Shown.text(setting, "meaning")));
        }
        client.output().table(List.of("SETTING", "VALUE", "SOURCE", "MEANING"), rows);
        return Exit.OK;
    }
}
