package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages from folders, from git and from a registry, on the real server with the real git. */
class PackagesIT {

    private final TestServer server = TestServer.shared();
    private final String id = "p" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(folder.resolve(id));
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void workflow(String name, String command) throws IOException {
        write("workflows/" + name + "/workflow.yaml", """
                id: %s-%s
                phases:
                  - id: one
                    run: %s
                """.formatted(id, name, command));
    }

    private void manifest(String version) throws IOException {
        write("fourfold.yaml", "name: " + id + "\nversion: " + version + "\nlicense: MIT\n");
    }

    private String commit() throws IOException, InterruptedException {
        if (!Files.exists(home.resolve(".git"))) {
            Git.in(home, "init", "--quiet", "--initial-branch", "main");
        }
        Git.in(home, "add", "--all");
        Git.in(home, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "more");
        return Git.in(home, "rev-parse", "HEAD");
    }

    private static List<String> changes(JsonNode report) {
        List<String> changes = new ArrayList<>();
        report.get("workflows")
                .forEach(one -> changes.add(one.get("id").asText().replaceFirst("^[^-]*-", "") + " "
                        + one.get("revision").asText() + " " + one.get("change").asText()));
        report.get("triggers").forEach(one -> changes.add(one.get("change").asText()));
        return changes;
    }

    private boolean archived(String name) {
        return server.read("/api/v1/workflows/" + id + "-" + name)
                .get("is_archived")
                .asBoolean();
    }

    @Test
    void aPackageInGitIsInstalledUpdatedAndUninstalled() throws Exception {
        manifest("1.0.0");
        workflow("a", "echo one");
        workflow("b", "echo b");
        write("triggers.yaml", """
                triggers:
                  - name: %s
                    source: schedule
                    schedule: 30 2 * * *
                    workflow: %s-a
                """.formatted(id, id));
        String first = commit();
        String url = "file://" + home;
        JsonNode dry = server.json(0, "workflow", "install", url, "--dry-run", "--json");
        assertThat(changes(dry)).containsExactly("a 1 created", "b 1 created", "added");
        assertThat(server.cli("workflow", "info", id).exit()).isEqualTo(4);

        JsonNode installed = server.json(0, "workflow", "install", url, "--json");
        assertThat(installed.get("origin").get("commit").asText()).isEqualTo(first);
        assertThat(server.json(0, "run", id + "-a", "--json").get("status").asText())
                .isEqualTo("completed");
        assertThat(server.json(0, "workflow", "packages", "--json").toString()).contains(id);
        assertThat(server.json(0, "trigger", "show", id, "--json").get("name").asText())
                .isEqualTo(id);

        manifest("1.1.0");
        workflow("a", "echo two");
        workflow("c", "echo c");
        Files.delete(home.resolve("workflows/b/workflow.yaml"));
        Files.delete(home.resolve("triggers.yaml"));
        commit();
        JsonNode updated = server.json(0, "workflow", "update", id, "--json");
        assertThat(changes(updated)).containsExactly("a 2 revised", "c 1 created", "b 1 archived", "retired");
        assertThat(updated.get("version").asText()).isEqualTo("1.1.0");
        assertThat(archived("b")).isTrue();
        assertThat(server.cli("trigger", "show", id).exit()).isEqualTo(4);
        assertThat(server.read("/api/v1/workflows/" + id + "-a/history")
                        .get("total_executions")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.json(0, "workflow", "update", id, "--json")
                        .get("status")
                        .asText())
                .isEqualTo("unchanged");
        assertThat(server.cli("workflow", "install", url).exit()).isEqualTo(4);

        assertThat(server.json(0, "workflow", "uninstall", id, "--json")
                        .get("status")
                        .asText())
                .isEqualTo("uninstalled");
        assertThat(archived("a") && archived("c")).isTrue();
        assertThat(changes(server.json(0, "workflow", "install", url, "--ref", first, "--json")))
                .containsExactly("a 3 revised", "b 2 revised", "added");
    }

    @Test
    void whatRunsKeepsItsPackageFromGoing() throws Exception {
        manifest("1.0.0");
        workflow("a", "sleep 60");
        server.json(0, "workflow", "install", home.toString(), "--json");
        String run = server.cli("run", id + "-a", "--detach").out().strip();
        Wait.until(() ->
                server.read("/api/v1/executions/" + run).get("status").asText().equals("running"));

        Cli.Result refused = server.cli("workflow", "uninstall", id);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
        assertThat(refused.err()).contains(run);
        assertThat(server.cli("workflow", "uninstall", id, "--force").exit()).isZero();
        assertThat(server.read("/api/v1/executions/" + run).get("status").asText())
                .isEqualTo("running");
        server.cli("execution", "cancel", run, "--force");
    }

    @Test
    void allProblemsOfAPackageAreNamedAndNothingIsInstalled() throws Exception {
        write("fourfold.yaml", "name: " + id + "\nversion: 1.0.0\nlicence: MIT\n");
        workflow("good", "echo");
        write("workflows/bad/workflow.yaml", "id: " + id + "-bad\nphases:\n  - {id: a, prompt_file: 'shared://no'}\n");
        write("triggers.yaml", "triggers:\n  - {name: x, source: schedule, schedule: never, workflow: y}\n");

        Cli.Result result = server.cli("workflow", "install", home.toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines())
                .anyMatch(line -> line.startsWith("fourfold.yaml:3:1: licence: "))
                .anyMatch(line -> line.startsWith("triggers.yaml:2:43: triggers[0].schedule: "))
                .anyMatch(line -> line.startsWith("workflows/bad/workflow.yaml:3:26: phases[0].prompt_file: "))
                .hasSize(3);
        assertThat(server.get("/api/v1/workflows/" + id + "-good").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/packages/" + id).statusCode()).isEqualTo(404);
    }

    private void list(Path registry, String ref) throws IOException, InterruptedException {
        Files.writeString(registry.resolve("marketplace.json"), """
                {"name": "Ours", "packages": [{"name": "%s", "source": "file://%s", "ref": "%s",
                 "description": "Purple prose", "tags": ["%s"]}]}""".formatted(id, home, ref, id));
        Git.in(registry, "add", "--all");
        Git.in(registry, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", ref);
    }

    @Test
    void aRegistryInALocalRepositoryIsSearchedAndInstalledFrom() throws Exception {
        manifest("1.0.0");
        workflow("a", "echo one");
        commit();
        Git.in(home, "tag", "v1");
        workflow("a", "echo two");
        commit();
        Git.in(home, "tag", "v2");
        Path registry = Files.createDirectories(folder.resolve("registry"));
        Git.repository(registry);
        list(registry, "v1");

        server.json(0, "workflow", "registry", "add", id, "file://" + registry, "--json");
        try {
            assertThat(server.cli("workflow", "registry", "list").out()).contains("file://" + registry);
            JsonNode found = server.json(0, "workflow", "search", "purple " + id, "--refresh", "--json");
            assertThat(found.get("packages")).hasSize(1);
            assertThat(found.get("packages").get(0).get("registry").asText()).isEqualTo(id);
            JsonNode installed = server.json(0, "workflow", "install", id, "--json");
            assertThat(installed.get("origin").get("kind").asText()).isEqualTo("registry");
            list(registry, "v2");
            assertThat(changes(server.json(0, "workflow", "update", id, "--json")))
                    .containsExactly("a 2 revised");
        } finally {
            server.json(0, "workflow", "registry", "remove", id, "--json");
        }
        assertThat(server.json(0, "workflow", "search", id, "--json").get("packages"))
                .isEmpty();
    }

    @Test
    void aNewPackageCanBeInstalledAsItStands() {
        for (String multi : List.of("", "--multi")) {
            Path fresh = folder.resolve(id + "-new" + multi);
            List<String> init = new ArrayList<>(List.of("workflow", "init", fresh.toString()));
            init.addAll(multi.isEmpty() ? List.of() : List.of(multi));
            assertThat(server.cli(init.toArray(String[]::new)).exit()).isZero();
            JsonNode dry = server.json(0, "workflow", "install", fresh.toString(), "--dry-run", "--json");
            assertThat(dry.get("workflows")).hasSize(multi.isEmpty() ? 1 : 2);
            assertThat(server.cli(init.toArray(String[]::new)).exit()).isZero();
        }
    }

    @Test
    void aPackageBringsNoTriggerThatItsBringerMayNotMake() throws Exception {
        workflow("a", "echo one");
        write("triggers.yaml", """
                triggers: [{name: %s, source: schedule, schedule: 30 2 * * *, workflow: %s-a}]
                """.formatted(id, id));
        String token = server.json(
                        0,
                        "token",
                        "create",
                        "--name",
                        id,
                        "--scope",
                        "executions:read,executions:write",
                        "--actor",
                        "did:fourfold:user:" + id,
                        "--json")
                .get("token")
                .asText();
        Cli.Result refused = server.cli("workflow", "install", home.toString(), "--token", token);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
        assertThat(server.get("/api/v1/workflows/" + id + "-a").statusCode()).isEqualTo(404);
        Files.delete(home.resolve("triggers.yaml"));
        assertThat(server.cli("workflow", "install", home.toString(), "--token", token)
                        .exit())
                .isZero();
    }

    @Test
    void whatAPackageMaySayIsPublishedAndASourceIsChecked() {
        assertThat(server.read("/api/v1/schemas/package.json").at("/properties/license"))
                .isNotEmpty();
        assertThat(server.get("/api/v1/schemas/other.json").statusCode()).isEqualTo(404);
        HttpResponse<String> answer =
                server.post("/api/v1/packages", "application/json", "{\"source\": \"ssh://x@y/z\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("source: expected ");
        assertThat(server.get("/api/v1/packages/a%20b").statusCode()).isEqualTo(404);
    }
}
