package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Threads whose name follows from what they are about: the same seed, the same thread. */
final class Minted {

    private Minted() {}

    /** {@code th_} and the SHA-256 of canonical {@code {"seed":[…],"type":…}}. */
    static ThreadId thread(String type, List<String> seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type);
        seed.forEach(node.putArray("seed")::add);
        return new ThreadId("th_" + sha256(Json.of(node).canonical()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
