package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.cli.StubServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageCommandsTest {

    private static final String REPORT =
            "{\"name\":\"demo\",\"version\":\"1.0.0\",\"status\":\"installed\",\"dry_run\":false,\"origin\":{\"source\":"
                    + "\"x\",\"commit\":\"0123456789abcdef\"},\"workflows\":[{\"id\":\"w\",\"revision\":2,\"change\":"
                    + "\"revised\"}],\"triggers\":[]}";

    @TempDir
    Path folder;

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow install",
                "workflow install ./nowhere",
                "workflow install /nowhere/there",
                "workflow update --ref main",
                "workflow uninstall",
                "workflow info",
                "workflow export w",
                "workflow export w --to x --as zip",
                "workflow registry add a",
                "workflow init"
            })
    void wrongUsageEndsWithTwoAndAsksTheServerNothing(String line) {
        Ran ran = server.run(line.split(" "));

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            workflow install octo/demo --ref v1 | POST /api/v1/packages | {"dry_run":false,"source":"octo/demo","ref":"v1"}
            workflow install demo --dry-run     | POST /api/v1/packages | {"dry_run":true,"source":"demo"}
            workflow uninstall demo --force     | DELETE /api/v1/packages/demo?force=true                | ``
            workflow packages                   | GET /api/v1/packages?page=1                            | ``
            workflow search a b --refresh       | ``                                                     | ``
            workflow search a --refresh         | GET /api/v1/registries/packages?q=a&refresh=true       | ``
            workflow registry list              | GET /api/v1/config/package_registry                    | ``
            workflow registry add a octo/r      | POST /api/v1/config/package_registry                   | {"name":"a","url":"octo/r"}
            workflow registry remove a          | DELETE /api/v1/config/package_registry/a               | ``
            workflow delete w                   | DELETE /api/v1/workflows/w                             | ``
            """)
    void eachAsksForWhatItIsFor(String line, String request, String body) {
        server.run(line.split(" "));

        if (request.isEmpty()) {
            assertThat(server.asked()).isEmpty();
        } else {
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.what()).isEqualTo(request);
                assertThat(asked.body()).isEqualTo(body);
            });
        }
    }

    @Test
    void aFolderIsSentWithoutItsGitAndWithoutWhatItsLinksLeadTo() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "secret");
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/workflow.yaml"), "id: w\n");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a/workflow.yaml"));
        server.on("POST /api/v1/packages", 201, REPORT);

        Ran ran = server.run("workflow", "install", folder.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("demo 1.0.0 is installed")
                .contains("0123456789ab")
                .contains("revised");
        assertThat(server.asked().getFirst().body())
                .endsWith("\"files\":{\"a/workflow.yaml\":\""
                        + Base64.getEncoder().encodeToString("id: w\n".getBytes()) + "\"}}");
    }

    @Test
    void everyProblemOfAPackageIsALine() {
        server.on(
                "POST /api/v1/packages",
                422,
                "{\"code\":\"INVALID_WORKFLOW\",\"detail\":\"a\",\"errors\":[\"a:1:1: x\",\"b:2:2: y\"]}");

        Ran ran = server.run("workflow", "install", "demo");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).containsExactly("a:1:1: x", "b:2:2: y");
    }

    @Test
    void onePackageThatCannotBeUpdatedDoesNotKeepTheOthersFromIt() {
        String git = "{\"origin\":{\"kind\":\"git\",\"source\":\"x\"}}";
        server.on("GET /api/v1/packages?page_size=500", 200, "{\"packages\":[{\"name\":\"bad\"},{\"name\":\"demo\"}]}")
                .on("GET /api/v1/packages/bad", 200, git)
                .on("POST /api/v1/packages/bad/update", 422, "{\"code\":\"INVALID_INPUT\",\"detail\":\"gone\"}")
                .on("GET /api/v1/packages/demo", 200, git)
                .on("POST /api/v1/packages/demo/update", 200, REPORT);

        Ran ran = server.run("workflow", "update");

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err()).contains("bad: gone");
        assertThat(ran.out()).contains("demo 1.0.0");
    }

    @Test
    void whatIsExportedStaysInItsFolderAndReplacesNothingUnasked() throws IOException {
        String answer = "{\"files\":{\"%s\":\"new\"},\"encoded_files\":{\"b\":\"/w==\"}}";
        server.on("GET /api/v1/workflows/w/export?format=package", 200, answer.formatted("a"));
        Path to = folder.resolve("to");
        Files.createDirectories(to);
        Files.writeString(to.resolve("a"), "old");

        assertThat(server.run("workflow", "export", "w", "--to", to.toString()).exitCode())
                .isEqualTo(4);
        assertThat(to.resolve("b")).doesNotExist();
        assertThat(server.run("workflow", "export", "w", "--to", to.toString(), "--force")
                        .exitCode())
                .isZero();
        assertThat(to.resolve("a")).hasContent("new");
        assertThat(Files.readAllBytes(to.resolve("b"))).containsExactly(0xff);

        server.on("GET /api/v1/workflows/evil/export?format=package", 200, answer.formatted("../evil"));
        assertThat(server.run("workflow", "export", "evil", "--to", to.toString())
                        .exitCode())
                .isEqualTo(1);
        assertThat(folder.resolve("evil")).doesNotExist();
    }
}
