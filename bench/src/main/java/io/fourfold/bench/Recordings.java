package io.fourfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.agent.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Workflows that play recorded sessions of agents, and what each of their phases must be seen to do. */
record Recordings(List<Played> workflows) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "events.jsonl";

    /** The workflow of {@link #atOnce}. */
    static final String AT_ONCE = "bench-at-once";

    /** By workflow: recordings one after the other, each a phase. */
    private static final Map<String, List<String>> ALL = Map.of(
            "bench-long",
            List.of("artifact-write", "v2.0.76_claude-haiku-4-5_subagent-concurrent"),
            "bench-many",
            List.of(
                    "v2.0.74_claude-sonnet-4-5_simple-question",
                    "v2.0.74_claude-sonnet-4-5_simple-bash",
                    "v2.0.74_claude-sonnet-4-5_file-create",
                    "own-two-turn-bash",
                    "v2.0.76_claude-haiku-4-5_subagent-concurrent"));

    /**
     * One workflow.
     *
     * @param packaged what {@code POST /workflows/package} takes
     * @param events   by phase: how many observations its recording is worth
     */
    record Played(String id, String packaged, Map<String, Integer> events) {
        int total() {
            return events.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** From a folder of recordings; each workflow takes so many seconds. */
    static Recordings read(Path folder, int seconds) throws IOException {
        List<Played> workflows = new ArrayList<>();
        for (var workflow : ALL.entrySet()) {
            workflows.add(played(folder, workflow.getKey(), workflow.getValue(), seconds));
        }
        return new Recordings(workflows);
    }

    /** Two short phases that are played as fast as they can be. */
    static Played atOnce(Path folder) throws IOException {
        return played(folder, AT_ONCE, List.of("v2.0.74_claude-sonnet-4-5_simple-question", "own-two-turn-bash"), 0);
    }

    Played of(String workflowId) {
        return workflows.stream()
                .filter(w -> w.id().equals(workflowId))
                .findFirst()
                .orElseThrow();
    }

    private static Played played(Path folder, String id, List<String> names, int seconds) throws IOException {
        ObjectNode packaged = JSON.createObjectNode();
        ObjectNode files = packaged.putObject("files");
        Map<String, Integer> events = new LinkedHashMap<>();
        long recordedMillis = 0;
        for (String name : names) {
            Path file = folder.resolve(name + ".jsonl");
            if (Files.exists(file)) {
                put(files, name + "/" + EVENTS, file);
            } else {
                file = folder.resolve(name).resolve(EVENTS);
                putAll(files, folder, name);
            }
            List<String> lines = Files.readAllLines(file);
            events.put(phase(name), events(lines));
            recordedMillis += millis(lines);
        }
        StringBuilder yaml = new StringBuilder("id: %s\nname: Recordings\nphases:\n".formatted(id));
        for (String name : names) {
            yaml.append(String.format(
                    Locale.ROOT,
                    "  - id: %s%n    agent: replay%n    recording: %s/%s%n    pace: %.4f%n",
                    phase(name),
                    name,
                    EVENTS,
                    seconds * 1_000.0 / Math.max(1, recordedMillis)));
        }
        packaged.put("content", yaml.toString());
        return new Played(id, packaged.toString(), events);
    }

    private static String phase(String name) {
        return name.replaceAll("[._]", "-");
    }

    private static void putAll(ObjectNode files, Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                put(files, folder.relativize(file).toString(), file);
            }
        }
    }

    private static void put(ObjectNode files, String path, Path file) throws IOException {
        files.put(path, Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }

    private static int events(List<String> lines) {
        Transcript transcript = new Transcript(Prices.DEFAULT);
        return lines.stream()
                .mapToInt(line -> transcript.accept(line, Instant.EPOCH).size())
                .sum();
    }

    private static long millis(List<String> lines) throws IOException {
        long last = 0;
        for (String line : lines) {
            JsonNode offset = JSON.readTree(line).path("_offset_ms");
            last = Math.max(last, offset.asLong(0));
        }
        return last;
    }
}
