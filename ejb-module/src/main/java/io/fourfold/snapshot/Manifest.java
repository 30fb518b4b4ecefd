package io.fourfold.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.kit.Wire;
import io.fourfold.log.InvalidRecord;
import java.util.List;

/**
 * The first line of a snapshot.
 *
 * @param idsSha256      SHA-256 over the ids in the order of their lines, each in hexadecimal and followed by a line
 * feed
 * @param sourceInstance the server that wrote it
 */
public record Manifest(
        int version,
        List<String> threads,
        @JsonProperty("record_count") long recordCount,
        @JsonProperty("ids_sha256") String idsSha256,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("source_instance") String sourceInstance) {

    static final int VERSION = 1;

    public Manifest {
        threads = threads == null ? List.of() : List.copyOf(threads);
    }

    String line() {
        try {
            return Wire.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A manifest always has a JSON form", impossible);
        }
    }

    /** @throws InvalidRecord when the line is something else */
    static Manifest parse(String line) {
        try {
            Manifest manifest = Wire.MAPPER.readValue(line, Manifest.class);
            if (manifest.version() != VERSION || manifest.idsSha256() == null) {
                throw new InvalidRecord(
                        "manifest", "expected the manifest of a snapshot of version " + VERSION + " on the first line");
            }
            return manifest;
        } catch (JsonProcessingException other) {
            throw new InvalidRecord(
                    "manifest",
                    "expected the manifest of a snapshot on the first line, but " + other.getOriginalMessage());
        }
    }
}
