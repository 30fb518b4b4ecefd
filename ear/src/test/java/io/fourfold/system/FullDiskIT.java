package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The data folder lies on a small disk of its own, which is filled to the last byte. */
class FullDiskIT {

    private static final String SIZE = "size=900m,mode=0711";

    @Test
    void writesAreRefusedClearlyReadsGoOnAndItRecoversWithoutARestart() throws Exception {
        Path disk = Files.createTempDirectory("fourfold-disk-");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", disk.toString()) == 0,
                "a small disk cannot be mounted here: it takes root and the right to mount");
        try (ServerProcess server = ServerProcess.startIn(disk)) {
            String id = TestServer.parse(post(server, 0).body()).get("id").asText();
            Path filler = disk.resolve("filler");
            fill(filler);

            for (int n = 1; n < 50; n++) {
                HttpResponse<String> refused = post(server, n);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
                assertThat(TestServer.parse(refused.body()).get("code").asText())
                        .isEqualTo("STORAGE_FULL");
                assertThat(server.get("/api/v1/records/" + id).statusCode()).isEqualTo(200);
            }
            long database = server.databasePid();
            Files.delete(filler);

            assertThat(post(server, 50).statusCode()).isEqualTo(201);
            assertThat(server.databasePid()).isEqualTo(database);
        } finally {
            run("umount", "-l", disk.toString());
            Files.delete(disk);
        }
    }

    private static HttpResponse<String> post(ServerProcess server, int n) throws IOException, InterruptedException {
        String record = "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"th_full\",\"body\":{\"n\":" + n + "}}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/records"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(record))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(file).getUsableSpace() > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
