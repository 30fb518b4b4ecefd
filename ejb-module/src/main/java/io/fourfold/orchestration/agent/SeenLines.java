package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Remembers which lines were taken, by their uuid or else their content; the last {@value #MAX} of them. */
final class SeenLines {

    static final int MAX = 65_536;

    private final Map<UUID, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MAX;
        }
    };

    boolean isNew(JsonNode node, String line) {
        String uuid = node.path("uuid").asText("");
        String key = uuid.isEmpty() ? line : uuid;
        return known.put(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)), true) == null;
    }
}
