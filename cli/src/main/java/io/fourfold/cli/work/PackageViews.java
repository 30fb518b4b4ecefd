package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code workflow} that show packages: those that are installed, and those there are to install. */
final class PackageViews {

    private PackageViews() {}

    @Command(name = "packages", mixinStandardHelpOptions = true, description = "Lists the packages that are installed.")
    static final class Installed implements Callable<Integer> {

        @Mixin
        private Client client;

        @Option(names = "--page", defaultValue = "1", description = "Which page, from 1.")
        private int page;

        @Override
        public Integer call() {
            return Lists.show(
                    client,
                    "/packages?page=" + page,
                    "packages",
                    List.of("NAME", "VERSION", ">WORKFLOWS", "SOURCE", "COMMIT", "CHANGED (UTC)"),
                    item -> List.of(
                            Shown.text(item, "name"),
                            Shown.text(item, "version"),
                            String.valueOf(item.path("workflows").size()),
                            Shown.text(item, "source"),
                            Packages.commit(item),
                            Shown.time(item, "changed_at")));
        }
    }

    @Command(name = "info", mixinStandardHelpOptions = true, description = "Shows what is installed of a package.")
    static final class Info implements Callable<Integer> {

        @Mixin
        private Client client;

        @Parameters(paramLabel = "NAME", description = Packages.NAME)
        private String name;

        @Override
        public Integer call() {
            JsonNode shown = client.api().get("/packages/" + ApiClient.escaped(name));
            Output output = client.output();
            if (client.json()) {
                output.json(shown);
                return Exit.OK;
            }
            JsonNode manifest = shown.path("manifest");
            JsonNode origin = shown.path("origin");
            output.line(Shown.text(manifest, "name") + "  " + Shown.text(manifest, "version") + "  "
                    + Shown.text(manifest, "license") + "  " + Shown.text(manifest, "author"));
            if (manifest.hasNonNull("description")) {
                output.line(manifest.path("description").asText());
            }
            output.line("from " + Shown.text(origin, "kind") + " " + Shown.text(origin, "source") + "  ref "
                    + Shown.text(origin, "ref") + "  commit " + Shown.text(origin, "commit"));
            List<List<String>> rows = new ArrayList<>();
            shown.path("workflows")
                    .forEach(workflow -> rows.add(List.of(
                            "workflow",
                            Shown.text(workflow, "id"),
                            Shown.text(workflow, "revision"),
                            Shown.text(workflow, "path"))));
            shown.path("triggers")
                    .forEach(
                            trigger -> rows.add(List.of("trigger", Shown.text(trigger, "name"), "-", "triggers.yaml")));
            output.table(List.of("KIND", "ID", ">REVISION", "FILE"), rows);
            return Exit.OK;
        }
    }

    @Command(name = "search", mixinStandardHelpOptions = true, description = "Looks for packages in all registries.")
    static final class Search implements Callable<Integer> {

        @Mixin
        private Client client;

        @Parameters(paramLabel = "TEXT", arity = "0..1", defaultValue = "", description = "Words; all, without any.")
        private String words;

        @Option(names = "--refresh", description = "Read the registries again; else they are for an hour.")
        private boolean refresh;

        @Override
        public Integer call() {
            TreeMap<String, Object> parameters = new TreeMap<>();
            parameters.put("q", words);
            parameters.put("refresh", refresh);
            JsonNode answer = client.api().get(Lists.path("/registries/packages", parameters));
            int shown = Lists.show(
                    client,
                    answer,
                    "packages",
                    List.of("NAME", "VERSION", "REGISTRY", "SOURCE", "DESCRIPTION"),
                    item -> List.of(
                            Shown.text(item, "name"),
                            Shown.text(item, "version"),
                            Shown.text(item, "registry"),
                            Shown.text(item, "source"),
                            Shown.text(item, "description")));
            answer.path("unread").forEach(one -> client.output()
                    .aside("Not read: " + Shown.text(one, "registry") + ": " + Shown.text(one, "reason")));
            return shown;
        }
    }
}
