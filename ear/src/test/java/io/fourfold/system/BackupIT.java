package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole instance is backed up while it works, and is the same elsewhere. */
class BackupIT {

    private static final String ROWS =
            "select md5(string_agg(e::text, chr(10) order by position)) from log_entry e" + " where position <= ";

    @Test
    void aRestoredInstanceIsTheSameRecordByRecord(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path backup = folder.resolve("backup");
        try (TestServer server = new TestServer(Map.of()).up()) {
            server.cli("run", Cli.HOME.resolve("examples/hello/workflow.yaml").toString(), "--task", "Say hello");
            server.json(0, "audit", "sign");
            server.json(
                    0, "token", "create", "--name", "ci", "--scope", "records:read", "--actor", "did:x:ci", "--json");
            backUpWhileWriting(server, backup);
            long head = manifest(backup).get("head").asLong();
            String before = Psql.of(server).text(ROWS + head);
            JsonNode executions = server.read("/api/v1/executions").get("executions");
            JsonNode artifact = server.read("/api/v1/artifacts").get(0);
            String content = server.get(
                            "/api/v1/artifacts/" + artifact.get("id").asText() + "/content?raw=true")
                    .body();
            String telemetry = Psql.of(server).text("select count(*) from telemetry");

            try (TestServer other = new TestServer(Map.of())) {
                Files.delete(other.data());
                Cli.Result restored = other.cli(
                        "restore", backup.toString(), "--data", other.data().toString());
                assertThat(restored.exit()).as(restored.toString()).isZero();
                other.up();
                assertThat(Psql.of(other).text(ROWS + head)).isEqualTo(before);
                assertThat(Psql.of(other).text("select count(*) from telemetry"))
                        .isEqualTo(telemetry);
                Wait.until(
                        () -> other.read("/api/v1/executions").get("executions").equals(executions));
                assertThat(other.get("/api/v1/artifacts/" + artifact.get("id").asText() + "/content?raw=true")
                                .body())
                        .isEqualTo(content);
                assertThat(other.json(
                                        0,
                                        "doctor",
                                        "--rehash",
                                        "--json",
                                        "--data",
                                        other.data().toString())
                                .get("findings"))
                        .isEmpty();
                assertThat(Psql.of(other).text("select encode(sha256, 'hex') from token"))
                        .isNotEmpty()
                        .isEqualTo(Psql.of(server).text("select encode(sha256, 'hex') from token"));
                assertThat(other.read("/api/v1/audit/key")).isEqualTo(server.read("/api/v1/audit/key"));
                Cli.Result again = other.cli(
                        "restore", backup.toString(), "--data", other.data().toString());
                assertThat(again.exit()).isEqualTo(4);
            }
        }
    }

    @Test
    void aBackupThatWasChangedIsNamedAndNotRestored(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path backup = folder.resolve("backup");
        TestServer server = TestServer.shared();
        AuditIT.post(server, "th_backup", 1);
        Cli.Result taken = server.cli(
                "backup", "--out", backup.toString(), "--data", server.data().toString());
        assertThat(taken.exit()).as(taken.toString()).isZero();
        Path content = Files.createDirectories(backup.resolve("content/ab")).resolve("c".repeat(62));
        Files.writeString(content, "other");
        Cli.Result other = server.cli(
                "restore", backup.toString(), "--data", folder.resolve("other").toString());
        assertThat(other.exit()).as(other.toString()).isEqualTo(1);
        assertThat(other.err()).contains("Restore refused: content: expected");
        Files.delete(content);
        Path records = backup.resolve("records.ndjson");
        Files.writeString(records, Files.readString(records).replace("audited", "auditee"));
        Cli.Result refused = server.cli(
                "restore", backup.toString(), "--data", folder.resolve("new").toString());
        assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.err()).contains("of the records: ").contains("but its fields have the id");
    }

    private static void backUpWhileWriting(TestServer server, Path backup) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                AuditIT.post(server, "th_meanwhile", written.incrementAndGet());
            }
        });
        Wait.until(() -> written.get() > 200);
        Cli.Result taken = server.cli(
                "backup", "--out", backup.toString(), "--data", server.data().toString());
        int atEnd = written.get();
        Wait.until(() -> written.get() > atEnd);
        done.set(true);
        writer.join();
        assertThat(taken.exit()).as(taken.toString()).isZero();
    }

    private static JsonNode manifest(Path backup) throws IOException {
        List<String> lines = Files.readAllLines(backup.resolve("records.ndjson"));
        JsonNode manifest = TestServer.parse(Files.readString(backup.resolve("manifest.json")));
        assertThat(lines).hasSize(manifest.get("head").asInt());
        return manifest;
    }
}
