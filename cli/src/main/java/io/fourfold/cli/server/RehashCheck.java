package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** {@code doctor --rehash}: has the whole log recomputed and follows what is found. */
final class RehashCheck {

    /** Findings kept for the JSON answer; all are counted and told. */
    static final int KEPT_MAX = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient api;
    private final PrintWriter progress;
    private final ArrayNode findings = JSON.createArrayNode();
    private JsonNode done;

    RehashCheck(ApiClient api, PrintWriter progress) {
        this.api = api;
        this.progress = progress;
    }

    /** Tells of each finding as it comes; ends when the server has come to the end of its log. */
    Check run(Consumer<String> said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(api.bytes("/audit/rehash"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(JSON.readTree(line), said);
            }
        } catch (IOException broken) {
            throw new Exit(Exit.UNREACHABLE, "The check of the log broke off: " + broken.getMessage());
        }
        if (done == null) {
            throw new Exit(Exit.FAILED, "The check of the log broke off before its end; read fourfold logs.");
        }
        long found = done.path("mismatches").asLong();
        String detail = done.path("checked").asLong() + " records up to position "
                + done.path("head").asLong() + ", " + found + " findings";
        return found == 0
                ? Check.ok("rehash", detail)
                : Check.fail(
                        "rehash", detail, "The log was changed from outside: restore a backup (fourfold restore).");
    }

    private void take(JsonNode line, Consumer<String> said) {
        if (line.has("checked")) {
            progress.println("  rehash: " + line.get("checked").asLong() + " records checked");
            progress.flush();
        }
        if (line.has("finding")) {
            JsonNode finding = line.get("finding");
            if (findings.size() < KEPT_MAX) {
                findings.add(finding);
            }
            said.accept(text(finding));
        }
        done = line.has("done") ? line.get("done") : done;
    }

    private static String text(JsonNode finding) {
        String thread = finding.path("thread").isTextual()
                ? ", " + finding.get("thread").asText()
                : "";
        return "position " + finding.path("position").asLong() + thread + ": "
                + finding.path("fault").asText();
    }

    ArrayNode findings() {
        return findings;
    }
}
