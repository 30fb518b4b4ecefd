package io.fourfold.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.InvalidRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Checks a proof file with nothing else at hand: the record, its way up the tree, and who signed the root. */
public final class ProofFile {

    private static final HexFormat HEX = HexFormat.of();

    private ProofFile() {}

    /** What does not hold; empty when the record was in the log under a head that this key signed. */
    public static List<String> inclusion(JsonNode proof, VerifyKey key) {
        List<String> faults = new ArrayList<>();
        Optional<TreeHead> head = head(proof.path("tree_head"), key, faults);
        try {
            StoredRow row = StoredRow.parse(proof.path("record").toString()).canonical();
            String computed = row.computedId();
            if (!computed.equals(row.id())) {
                faults.add("Expected a record whose id is " + row.id() + ", but its fields have the id " + computed);
            }
            long index = proof.path("leaf_index").asLong(-1);
            if (row.position() != index + 1) {
                faults.add("Expected the record at position " + (index + 1) + ", but it says " + row.position());
            }
            byte[] leaf = Merkle.leaf(HEX.parseHex(computed));
            if (head.isPresent()
                    && !Proofs.isIncluded(
                            leaf,
                            index,
                            head.get().size(),
                            path(proof),
                            HEX.parseHex(head.get().root()))) {
                faults.add("Expected a path from the record to the signed root "
                        + head.get().root() + ", but it leads elsewhere");
            }
        } catch (InvalidRecord invalid) {
            faults.add("record: " + invalid.field() + ": " + invalid.getMessage());
        } catch (IllegalArgumentException notHex) {
            faults.add("Expected hashes in hexadecimal, but " + notHex.getMessage());
        }
        return faults;
    }

    /** What does not hold; empty when the newer of two signed heads only adds to the older. */
    public static List<String> consistency(JsonNode proof, VerifyKey key) {
        List<String> faults = new ArrayList<>();
        Optional<TreeHead> older = head(proof.path("from"), key, faults);
        Optional<TreeHead> newer = head(proof.path("to"), key, faults);
        if (faults.isEmpty()) {
            TreeHead from = older.orElseThrow();
            TreeHead to = newer.orElseThrow();
            try {
                byte[] root = HEX.parseHex(from.root());
                if (!Proofs.isConsistent(from.size(), root, to.size(), HEX.parseHex(to.root()), path(proof))) {
                    faults.add("Expected the first " + from.size() + " of " + to.size()
                            + " records to be the same under both roots, but they are not");
                }
            } catch (IllegalArgumentException notHex) {
                faults.add("Expected hashes in hexadecimal, but " + notHex.getMessage());
            }
        }
        return faults;
    }

    private static Optional<TreeHead> head(JsonNode body, VerifyKey key, List<String> faults) {
        Optional<TreeHead> head = TreeHead.of(body);
        if (head.isEmpty()) {
            faults.add("Expected a signed tree head, but there is none");
        } else if (!head.get().isSignedBy(key)) {
            faults.add("Expected a tree head signed by key " + key.id() + ", but the signature of the one by key "
                    + head.get().keyId() + " does not hold");
        }
        return head;
    }

    private static List<byte[]> path(JsonNode proof) {
        List<byte[]> path = new ArrayList<>();
        proof.path("path").forEach(hash -> path.add(HEX.parseHex(hash.asText())));
        return path;
    }
}
