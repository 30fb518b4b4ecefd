package io.fourfold.kit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import io.fourfold.log.Sha256;
import io.fourfold.log.ThreadId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Threads whose name follows from what they are about: the same seed, the same thread. */
public final class Minted {

    private Minted() {}

    /** {@code th_} and the SHA-256 of canonical {@code {"seed":[…],"type":…}}. */
    public static ThreadId thread(String type, List<String> seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type);
        seed.forEach(node.putArray("seed")::add);
        return new ThreadId("th_" + Sha256.hex(Json.of(node).canonical().getBytes(StandardCharsets.UTF_8)));
    }
}
