package io.fourfold.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.fourfold.kit.Wire;

/**
 * What a backup holds.
 *
 * @param head      the position of the last record, which is also their number
 * @param root      Merkle tree hash over the ids in order of position (RFC 6962), hexadecimal
 * @param reconciled up to which position records had been acted on: restored, they are not acted on again
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BackupManifest(
        int version, long head, String root, long reconciled, String createdAt, String sourceInstance) {

    public static final int VERSION = 1;

    public String line() {
        try {
            return Wire.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A manifest always has a JSON form", impossible);
        }
    }

    /** @throws IllegalArgumentException when it is something else */
    static BackupManifest parse(String text) {
        try {
            BackupManifest manifest = Wire.MAPPER.readValue(text, BackupManifest.class);
            if (manifest.version() == VERSION && manifest.root() != null) {
                return manifest;
            }
        } catch (JsonProcessingException other) {
            throw new IllegalArgumentException(
                    "Expected the manifest of a backup, but " + other.getOriginalMessage(), other);
        }
        throw new IllegalArgumentException("Expected the manifest of a backup of version " + VERSION);
    }
}
