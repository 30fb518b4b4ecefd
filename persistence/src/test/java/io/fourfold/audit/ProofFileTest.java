package io.fourfold.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);
    private static final int RECORDS = 13;

    @TempDir
    Path folder;

    private SigningKey key;
    private List<Entry> entries;

    @BeforeEach
    void fill() {
        key = SigningKey.in(folder.resolve("keys"));
        Log log = new MemoryLog(Clock.systemUTC());
        for (int i = 0; i < RECORDS; i++) {
            Json body = Json.parse("{\"n\":" + i + ",\"big\":1e+300,\"t\":\"ü\\n\"}");
            log.append(List.of(Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, body))));
        }
        entries = log.after(0, RECORDS);
    }

    @Test
    void aProofHoldsAlsoWhenItsFileIsLaidOutAnew() throws IOException {
        for (int i = 0; i < RECORDS; i++) {
            String pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(proof(i));
            assertThat(ProofFile.inclusion(JSON.readTree(pretty), key.verifyKey()))
                    .isEmpty();
        }
    }

    @Test
    void whateverIsChangedInAProofIsNoticed() throws IOException {
        List<Consumer<ObjectNode>> changes = List.of(
                p -> ((ObjectNode) p.get("record").get("body")).put("n", 99),
                p -> ((ObjectNode) p.get("record")).put("actor", "did:x:z"),
                p -> ((ObjectNode) p.get("record")).put("id", "0".repeat(64)),
                p -> ((ObjectNode) p.get("record")).put("position", 3),
                p -> ((ObjectNode) p.get("record")).remove("thread"),
                p -> p.put("leaf_index", 5),
                p -> ((ArrayNode) p.get("path")).remove(0),
                p -> ((ArrayNode) p.get("path")).set(0, "00".repeat(32)),
                p -> ((ArrayNode) p.get("path")).set(0, "zz"),
                p -> ((ObjectNode) p.get("tree_head")).put("size", 14),
                p -> ((ObjectNode) p.get("tree_head")).put("day", "2026-01-03"),
                p -> ((ObjectNode) p.get("tree_head")).put("root", "00".repeat(32)),
                p -> ((ObjectNode) p.get("tree_head")).put("signature", "AAAA"),
                p -> ((ObjectNode) p.get("tree_head")).put("signature", "!"),
                p -> p.remove("tree_head"),
                p -> p.remove("record"));
        for (int i = 0; i < changes.size(); i++) {
            ObjectNode proof = proof(6);
            changes.get(i).accept(proof);
            assertThat(ProofFile.inclusion(proof, key.verifyKey()))
                    .as("change %d", i)
                    .isNotEmpty();
        }
    }

    @Test
    void anotherKeyHoldsNothing() throws IOException {
        VerifyKey other = SigningKey.in(folder.resolve("other")).verifyKey();
        assertThat(ProofFile.inclusion(proof(6), other))
                .singleElement()
                .asString()
                .contains(other.id());
    }

    @Test
    void twoHeadsOfOneLogAreConsistentAndOfTwoLogsAreNot() {
        ObjectNode proof = JSON.createObjectNode();
        proof.set("from", head(5, root(5)));
        proof.set("to", head(RECORDS, root(RECORDS)));
        proof.set("path", hex(Proofs.consistency(5, RECORDS, this::subtree)));
        assertThat(ProofFile.consistency(proof, key.verifyKey())).isEmpty();

        proof.set("from", head(5, Merkle.leaf(new byte[1])));
        assertThat(ProofFile.consistency(proof, key.verifyKey()))
                .singleElement()
                .asString()
                .contains("they are not");
    }

    @Test
    void theKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("keys/tree-head.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
        assertThat(SigningKey.in(folder.resolve("keys")).verifyKey().id())
                .isEqualTo(key.verifyKey().id());
        assertThat(VerifyKey.parse(key.verifyKey().pem()).id())
                .isEqualTo(key.verifyKey().id());
    }

    private ObjectNode proof(int index) throws IOException {
        ObjectNode proof = JSON.createObjectNode();
        proof.set("record", JSON.readTree(EntryJson.of(entries.get(index))));
        proof.put("leaf_index", index);
        proof.set("path", hex(Proofs.inclusion(index, RECORDS, this::subtree)));
        proof.set("tree_head", head(RECORDS, root(RECORDS)));
        return proof;
    }

    private JsonNode head(int size, byte[] root) {
        return TreeHead.sign(size, HexFormat.of().formatHex(root), DAY, null, key)
                .body()
                .tree();
    }

    private byte[] root(int size) {
        return subtree(0, size);
    }

    private byte[] subtree(long start, long end) {
        CompactRange range = new CompactRange();
        entries.subList((int) start, (int) end).forEach(e -> range.add(Merkle.leaf(e.id().bytes())));
        return range.root();
    }

    private static ArrayNode hex(List<byte[]> hashes) {
        ArrayNode array = JSON.createArrayNode();
        hashes.forEach(hash -> array.add(HexFormat.of().formatHex(hash)));
        return array;
    }
}
