package io.fourfold.web;

import io.fourfold.log.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Files as requests and answers carry them. */
final class PackageFile {

    private static final int PATH_MAX_CHARS = 500;
    private static final Set<String> OUTSIDE = Set.of(".", "..", ".git");

    private PackageFile() {}

    /** From base64, by path. */
    static Map<String, byte[]> decoded(Map<String, String> files) {
        Map<String, byte[]> decoded = new HashMap<>();
        files.forEach((path, base64) -> decoded.put(inside(path), decoded(path, base64)));
        return decoded;
    }

    /** A path that stays in the package's folder. */
    private static String inside(String path) {
        boolean stays = path.length() <= PATH_MAX_CHARS
                && Stream.of(path.split("/", -1)).noneMatch(name -> name.isEmpty() || OUTSIDE.contains(name))
                && path.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\');
        if (!stays) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    "files: expected a path of at most " + PATH_MAX_CHARS
                            + " characters in the package, without \".\", \"..\" and \".git\", but was "
                            + path.substring(0, Math.min(path.length(), PATH_MAX_CHARS)));
        }
        return path;
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
