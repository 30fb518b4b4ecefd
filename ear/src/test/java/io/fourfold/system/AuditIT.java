package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with a hand in the database does is named. */
class AuditIT {

    private static TestServer server;
    private static Psql psql;

    @BeforeAll
    static void up() {
        server = new TestServer(Map.of()).up();
        psql = Psql.of(server);
    }

    @AfterAll
    static void down() {
        server.close();
    }

    @Test
    void oneFlippedByteIsNamedByDoctorAndEndsWithOne() {
        String id = post(server, "th_flip", 1);
        long position = server.read("/api/v1/records/" + id).get("position").asLong();
        assertThat(doctor(0).get("findings")).isEmpty();

        psql.tamper("update log_entry set body = replace(body::text, 'audited', 'auditee')::json where position = "
                + position);
        JsonNode finding = doctor(1).get("findings").get(0);
        assertThat(finding.get("position").asLong()).isEqualTo(position);
        assertThat(finding.get("thread").asText()).isEqualTo("th_flip");
        assertThat(finding.get("stored").asText()).isEqualTo(id);
        assertThat(finding.get("computed").asText()).hasSize(64).isNotEqualTo(id);
        Cli.Result plain = server.cli("doctor", "--data", server.data().toString());
        assertThat(plain.exit()).as(plain.toString()).isEqualTo(1);

        psql.tamper("update log_entry set body = replace(body::text, 'auditee', 'audited')::json where position = "
                + position);
        assertThat(doctor(0).get("findings")).isEmpty();
    }

    @Test
    void theDatabaseRefusesToChangeOrDelete() {
        post(server, "th_refused", 1);
        assertThatThrownBy(() -> psql.run("update log_entry set clock = 7")).hasMessageContaining("only new rows");
        assertThatThrownBy(() -> psql.run("set session_replication_role = replica; delete from log_entry"))
                .hasMessageContaining("only new rows");
    }

    @Test
    void aRecordIsProvedToSomebodyWithoutTheServer(@TempDir Path folder) throws IOException {
        String id = post(server, "th_proof", 1);
        String first = sign();
        for (int i = 0; i < 20; i++) {
            post(server, "th_proof", i);
        }
        String second = sign();
        Path proof = folder.resolve("proof.json");
        Path key = Files.writeString(
                folder.resolve("key.pem"), server.cli("audit", "key").out());
        assertThat(server.cli("record", "prove", id, "--size", first, "--out", proof.toString())
                        .exit())
                .isZero();
        assertThat(offline("audit", "verify", proof.toString(), "--key", key.toString()))
                .isZero();
        Files.writeString(proof, Files.readString(proof).replace("audited", "auditee"));
        assertThat(offline("audit", "verify", proof.toString())).isEqualTo(1);

        Path grown = folder.resolve("grown.json");
        assertThat(server.cli("audit", "consistency", first, second, "--out", grown.toString())
                        .exit())
                .isZero();
        assertThat(offline("audit", "verify", grown.toString(), "--key", key.toString()))
                .isZero();
        assertThat(server.json(0, "audit", "list", "--json").get("tree_heads")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(doctor(0).get("findings")).isEmpty();
    }

    @Test
    void aThreadIsVerifiedOnThisSide() {
        String parent = post(server, "th_verify", 1);
        server.post("/api/v1/records", "application/json", """
                {"thread":"th_verify","actor":"did:fourfold:user:test","act":"KNOW","body":{"n":1e300,"t":"ü"},
                "parents":["%s","%s"]}""".formatted(parent, "0".repeat(64)));
        Cli.Result verified = server.cli("thread", "verify", "th_verify", "--json");
        assertThat(verified.exit()).as(verified.toString()).isZero();
        assertThat(verified.out().lines()).hasSize(2);
        assertThat(TestServer.parse(verified.out().lines().toList().get(1)).get("dangling"))
                .hasSize(1);

        psql.tamper("update log_entry set body = '{\"n\":2}' where thread = 'th_verify' and version = 0");
        assertThat(server.cli("thread", "verify", "th_verify").exit()).isEqualTo(1);
        psql.tamper("update log_entry set body = '{\"n\":1,\"what\":\"audited\"}' where thread = 'th_verify'"
                + " and version = 0");
        assertThat(server.cli("thread", "verify", "th_verify").exit()).isZero();
    }

    @Test
    void aThreadGoesToAFileAndBack(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            post(server, "th_saved", i);
        }
        Path file = folder.resolve("saved.ndjson");
        assertThat(server.cli("thread", "snapshot", "th_saved", "--out", file.toString())
                        .exit())
                .isZero();
        JsonNode there = server.json(0, "thread", "restore", file.toString(), "--json");
        assertThat(there.at("/restored/duplicates").asInt()).isEqualTo(5);

        String other = Files.readString(file).replace("did:fourfold:user:test", "did:fourfold:user:tesu");
        Path bad = Files.writeString(folder.resolve("bad.ndjson"), other);
        Cli.Result refused = server.cli("thread", "restore", bad.toString());
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("line 2");

        post(server, "th_smaller", 1);
        Cli.Result kept = server.cli("thread", "snapshot", "th_smaller", "--out", file.toString());
        assertThat(kept.exit()).isEqualTo(4);
        assertThat(kept.err()).contains("5 records");
        assertThat(server.cli("thread", "snapshot", "th_smaller", "--force", "--out", file.toString())
                        .exit())
                .isZero();
    }

    private static String sign() {
        return server.json(0, "audit", "sign").get("tree_head").get("size").asText();
    }

    private static int offline(String... arguments) {
        return Cli.run(Map.of(), List.of(), arguments).exit();
    }

    private static JsonNode doctor(int exit) {
        return server.json(
                exit, "doctor", "--rehash", "--json", "--data", server.data().toString());
    }

    static String post(TestServer server, String thread, int n) {
        var answer = server.post(
                "/api/v1/records",
                "application/json",
                "{\"thread\":\"" + thread + "\",\"actor\":\"did:fourfold:user:test\",\"act\":\"KNOW\",\"body\":{\"n\":"
                        + n + ",\"what\":\"audited\"}}");
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestServer.parse(answer.body()).get("id").asText();
    }
}
