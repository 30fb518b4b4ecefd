package io.fourfold.web;

import io.fourfold.log.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files as requests and answers carry them. */
final class PackageFile {

    private PackageFile() {}

    /** From base64, by path. */
    static Map<String, byte[]> decoded(Map<String, String> files) {
        Map<String, byte[]> decoded = new HashMap<>();
        files.forEach((path, base64) -> decoded.put(path, decoded(path, base64)));
        return decoded;
    }

    private static byte[] decoded(String path, String base64) {
        try {
            return Base64.getDecoder().decode(Body.required("files." + path, base64));
        } catch (IllegalArgumentException broken) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT, "files." + path + ": expected base64, but " + broken.getMessage());
        }
    }

    /** The text in bytes that are UTF-8; empty when they are not. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
