package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.audit.ProofFile;
import io.fourfold.audit.VerifyKey;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Output;
import io.fourfold.cli.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Signed tree heads of the log, and proofs that need no server to check.")
public final class Audit {

    private static final int ROOT_SHOWN_CHARS = 16;

    @Command(name = "head", mixinStandardHelpOptions = true, description = "Shows the newest signed tree head.")
    int head(@Mixin Client client) {
        JsonNode heads = client.api().get("/audit/tree-heads?limit=1").path("tree_heads");
        if (heads.isEmpty()) {
            throw new Exit(Exit.FAILED, "No tree head is signed yet: one is each day, or now by fourfold audit sign.");
        }
        client.output().json(heads.get(0));
        return Exit.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists signed tree heads, the newest first.")
    int list(
            @Mixin Client client,
            @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit) {
        return Lists.show(
                client,
                Lists.path("/audit/tree-heads", new TreeMap<>(Map.of("limit", limit))),
                "tree_heads",
                List.of("DAY", ">RECORDS", "ROOT", "KEY", "RECORD"),
                item -> List.of(
                        Shown.text(item.path("tree_head"), "day"),
                        Shown.text(item.path("tree_head"), "size"),
                        shortened(Shown.text(item.path("tree_head"), "root")),
                        shortened(Shown.text(item.path("tree_head"), "key_id")),
                        shortened(Shown.text(item, "record"))));
    }

    @Command(name = "sign", mixinStandardHelpOptions = true, description = "Signs the log as it is now.")
    int sign(@Mixin Client client) {
        client.output().json(client.api().post("/audit/tree-heads", ApiClient.JSON.createObjectNode()));
        return Exit.OK;
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Prints the public key tree heads are signed with.")
    int key(@Mixin Client client) {
        JsonNode key = client.api().get("/audit/key");
        if (client.json()) {
            client.output().json(key);
        } else {
            client.output().line(key.path("public_key").asText().strip());
        }
        return Exit.OK;
    }

    @Command(
            name = "consistency",
            mixinStandardHelpOptions = true,
            description = "Writes the proof that the newer of two signed heads only adds to the older.")
    int consistency(
            @Mixin Client client,
            @Parameters(index = "0", paramLabel = "FROM", description = "Records under the older head.") long from,
            @Parameters(index = "1", paramLabel = "TO", description = "Records under the newer head.") long to,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.") Path file) {
        JsonNode proof = client.api().get("/audit/consistency?from=" + from + "&to=" + to);
        write(client.output(), file, proof);
        return Exit.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Checks a proof file without any server. Ends with 1 when it does not hold.")
    int verify(
            @Mixin Client client,
            @Parameters(paramLabel = "FILE", description = "Of record prove, or audit consistency.") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description =
                                    "The public key, as audit key prints it; else the one in the proof is believed.")
                    Path keyFile) {
        JsonNode proof = read(file);
        VerifyKey key = key(keyFile, proof);
        boolean inclusion = proof.has("record");
        List<String> faults = inclusion ? ProofFile.inclusion(proof, key) : ProofFile.consistency(proof, key);
        if (client.json()) {
            ObjectNode answer = ApiClient.JSON.createObjectNode().put("valid", faults.isEmpty());
            faults.forEach(answer.putArray("faults")::add);
            client.output().json(answer);
        } else if (faults.isEmpty()) {
            client.output().line(inclusion ? included(proof, key) : consistent(proof, key));
        } else {
            faults.forEach(client.output()::line);
        }
        if (keyFile == null) {
            client.output()
                    .aside("The key was taken from the proof itself; --key FILE checks against one of your own.");
        }
        return faults.isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private static String included(JsonNode proof, VerifyKey key) {
        JsonNode head = proof.path("tree_head");
        return "Valid: record " + proof.path("record").path("id").asText() + " is at position "
                + proof.path("record").path("position").asText() + " of the "
                + head.path("size").asText()
                + " records that key " + key.id() + " signed on "
                + head.path("day").asText() + ".";
    }

    private static String consistent(JsonNode proof, VerifyKey key) {
        return "Valid: the " + proof.path("to").path("size").asText() + " records that key " + key.id() + " signed on "
                + proof.path("to").path("day").asText() + " begin with the "
                + proof.path("from").path("size").asText() + " of "
                + proof.path("from").path("day").asText() + ".";
    }

    private static VerifyKey key(Path file, JsonNode proof) {
        try {
            return VerifyKey.parse(file == null ? proof.path("public_key").asText() : Files.readString(file));
        } catch (IOException unreadable) {
            throw new Exit(Exit.USAGE, "--key: cannot read " + file + ": " + unreadable.getMessage());
        } catch (IllegalArgumentException noKey) {
            throw new Exit(Exit.USAGE, (file == null ? "public_key" : "--key") + ": " + noKey.getMessage());
        }
    }

    private static JsonNode read(Path file) {
        try {
            return ApiClient.JSON.readTree(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new Exit(Exit.USAGE, "Cannot read a proof from " + file + ": " + unreadable.getMessage());
        }
    }

    static void write(Output output, Path file, JsonNode proof) {
        try {
            Files.writeString(
                    file, ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(proof) + "\n");
        } catch (IOException unwritable) {
            throw new Exit(Exit.FAILED, "Cannot write " + file + ": " + unwritable.getMessage());
        }
        output.aside("Written to " + file + "; check it anywhere: fourfold audit verify " + file);
    }

    private static String shortened(String hex) {
        return hex.substring(0, Math.min(hex.length(), ROOT_SHOWN_CHARS));
    }
}
