package io.fourfold.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;

/**
 * What the log was on a day, in one hash, signed. The signature covers the canonical JSON of all other fields.
 *
 * @param size     records under the root
 * @param position of the last of them
 * @param root     Merkle tree hash over their ids in order of position (RFC 6962), hexadecimal
 * @param day      on which it was signed, UTC
 * @param previous the record of the head before, null for the first
 * @param keyId    which key signed it
 * @param signature Ed25519, Base64
 */
public record TreeHead(
        long size, long position, String root, LocalDate day, String previous, String keyId, String signature) {

    public static final String KIND = "tree_head.signed.v1";

    /** A new head over a log that ends at {@code size}, where positions have no gaps. */
    public static TreeHead sign(long size, String root, LocalDate day, String previous, SigningKey key) {
        String keyId = key.verifyKey().id();
        TreeHead unsigned = new TreeHead(size, size, root, day, previous, keyId, null);
        return new TreeHead(
                size, size, root, day, previous, keyId, Base64.getEncoder().encodeToString(key.sign(unsigned.text())));
    }

    /** Empty when this is the body of something else. */
    public static Optional<TreeHead> of(JsonNode body) {
        JsonNode previous = body.path("previous");
        try {
            return KIND.equals(body.path("kind").asText())
                    ? Optional.of(new TreeHead(
                            body.path("size").asLong(),
                            body.path("position").asLong(),
                            body.path("root").asText(),
                            LocalDate.parse(body.path("day").asText()),
                            previous.isTextual() ? previous.textValue() : null,
                            body.path("key_id").asText(),
                            body.path("signature").asText()))
                    : Optional.empty();
        } catch (java.time.format.DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    public Json body() {
        return Json.of(fields().put("signature", signature));
    }

    public boolean isSignedBy(VerifyKey key) {
        try {
            return key.id().equals(keyId)
                    && key.isSigned(text(), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private ObjectNode fields() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", KIND)
                .put("topic", "tree_head")
                .put("size", size)
                .put("position", position)
                .put("root", root)
                .put("day", day.toString())
                .put("previous", previous)
                .put("key_id", keyId);
    }

    private byte[] text() {
        return Json.of(fields()).canonical().getBytes(StandardCharsets.UTF_8);
    }
}
