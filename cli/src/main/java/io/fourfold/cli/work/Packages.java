package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Refused;
import io.fourfold.cli.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code workflow} that change what packages there are. */
final class Packages {

    /** The server may read registries and clone before it answers. */
    private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(5);

    private static final int ALL = 500;
    static final String NAME = "A package that is installed.";

    private Packages() {}

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Installs a package with all its workflows and triggers, or nothing of it.")
    static final class Install implements Callable<Integer> {

        @Mixin
        private Client client;

        @Parameters(
                paramLabel = "SOURCE",
                description = "A folder, https://…, file://…, owner/name on GitHub, or a name in a registry.")
        private String source;

        @Option(names = "--ref", paramLabel = "REF", description = "A branch, tag or commit.")
        private String ref;

        @Option(names = "--dry-run", description = "Checks everything and installs nothing.")
        private boolean dryRun;

        @Override
        public Integer call() {
            Optional<PackageFolder> folder = PackageFolder.find(source);
            ObjectNode body = ApiClient.JSON.createObjectNode().put("dry_run", dryRun);
            body.put("source", folder.map(PackageFolder::name).orElse(source));
            if (ref != null) {
                body.put("ref", ref);
            }
            folder.ifPresent(there -> body.set("files", there.read()));
            JsonNode answer = posted(client.api(), "/packages", body);
            if (client.json()) {
                client.output().json(answer);
            } else {
                show(client.output(), answer);
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Gets a package again from where it came; without a name, all of them.")
    static final class Update implements Callable<Integer> {

        @Mixin
        private Client client;

        @Parameters(paramLabel = "NAME", arity = "0..1", description = NAME)
        private String name;

        @Option(names = "--ref", paramLabel = "REF", description = "From another branch, tag or commit than before.")
        private String ref;

        @Option(names = "--dry-run", description = "Only says what would change.")
        private boolean dryRun;

        @Override
        public Integer call() {
            if (name == null && ref != null) {
                throw new Exit(Exit.USAGE, "--ref: expected a package beside it, but there is none");
            }
            if (name != null) {
                JsonNode answer = update(name);
                if (client.json()) {
                    client.output().json(answer);
                } else {
                    show(client.output(), answer);
                }
                return Exit.OK;
            }
            return all();
        }

        /** One that cannot be updated does not keep the others from it. */
        private int all() {
            ObjectNode answer = ApiClient.JSON.createObjectNode();
            ArrayNode done = answer.putArray("packages");
            ArrayNode failed = answer.putArray("failed");
            for (JsonNode one : client.api().get("/packages?page_size=" + ALL).path("packages")) {
                String each = one.path("name").asText();
                try {
                    JsonNode updated = update(each);
                    done.add(updated);
                    if (!client.json()) {
                        show(client.output(), updated);
                    }
                } catch (Refused | Exit not) {
                    failed.addObject().put("name", each).put("reason", not.getMessage());
                    client.output().aside(each + ": " + not.getMessage());
                }
            }
            if (client.json()) {
                client.output().json(answer);
            }
            return failed.isEmpty() ? Exit.OK : Exit.REFUSED;
        }

        private JsonNode update(String each) {
            String path = "/packages/" + ApiClient.escaped(each);
            JsonNode origin = client.api().get(path).path("origin");
            ObjectNode body = ApiClient.JSON.createObjectNode().put("dry_run", dryRun);
            if (ref != null) {
                body.put("ref", ref);
            }
            if (origin.path("kind").asText().equals("folder")) {
                body.set(
                        "files",
                        PackageFolder.find(origin.path("source").asText())
                                .orElseThrow(() -> new Exit(Exit.USAGE, "Expected the folder " + origin))
                                .read());
            }
            return posted(client.api(), path + "/update", body);
        }
    }

    @Command(
            name = "uninstall",
            mixinStandardHelpOptions = true,
            description = "Archives a package's workflows and removes its triggers.")
    static final class Uninstall implements Callable<Integer> {

        @Mixin
        private Client client;

        @Parameters(paramLabel = "NAME", description = NAME)
        private String name;

        @Option(names = "--force", description = "Also while executions of its workflows run; they go on.")
        private boolean force;

        @Override
        public Integer call() {
            JsonNode answer = client.api().delete("/packages/" + ApiClient.escaped(name) + "?force=" + force);
            if (client.json()) {
                client.output().json(answer);
            } else {
                show(client.output(), answer);
            }
            return Exit.OK;
        }
    }

    /** A package with problems ends the command with exit code 2 and one line for each. */
    private static JsonNode posted(ApiClient api, String path, ObjectNode body) {
        try {
            return api.post(path, body, FETCH_TIMEOUT);
        } catch (Refused refused) {
            if (refused.code().equals("INVALID_WORKFLOW") && !refused.errors().isEmpty()) {
                throw new Exit(Exit.USAGE, refused.errors());
            }
            throw refused;
        }
    }

    static String commit(JsonNode node) {
        String commit = Shown.text(node, "commit");
        return commit.substring(0, Math.min(commit.length(), 12));
    }

    private static void show(Output output, JsonNode answer) {
        boolean dryRun = answer.path("dry_run").asBoolean();
        output.line(Shown.text(answer, "name") + " " + Shown.text(answer, "version") + " "
                + (dryRun ? "would be " : "is ") + Shown.text(answer, "status") + ", "
                + Shown.text(answer.path("origin"), "source") + " " + commit(answer.path("origin")));
        List<List<String>> rows = new ArrayList<>();
        answer.path("workflows")
                .forEach(one -> rows.add(List.of(
                        "workflow", Shown.text(one, "id"), Shown.text(one, "revision"), Shown.text(one, "change"))));
        answer.path("triggers")
                .forEach(one -> rows.add(List.of("trigger", Shown.text(one, "name"), "-", Shown.text(one, "change"))));
        if (!rows.isEmpty()) {
            output.table(List.of("KIND", "ID", ">REVISION", "CHANGE"), rows);
        }
    }
}
