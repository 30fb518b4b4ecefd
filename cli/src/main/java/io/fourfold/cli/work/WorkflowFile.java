package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A workflow file on this machine and the files beside it that the server needs. Nothing outside the file's folder is
 * read, not even through a symbolic link.
 */
final class WorkflowFile {

    static final int FILES_MAX = 1_000;
    static final long PACKAGE_MAX_BYTES = 32L << 20;
    static final long YAML_MAX_BYTES = 1L << 20;

    private static final String NAME = "workflow.yaml";

    private final Path path;
    private final Path folder;
    private final String text;

    private WorkflowFile(Path path) {
        try {
            this.path = path;
            this.folder = path.toRealPath().getParent();
            long size = Files.size(path);
            if (size > YAML_MAX_BYTES) {
                throw new Exit(
                        Exit.USAGE, path + ":1:1: expected at most " + YAML_MAX_BYTES + " bytes, but it has " + size);
            }
            this.text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "Cannot read " + path + ": " + broken);
        }
    }

    /** The file of that name, or the {@code workflow.yaml} in the folder of that name; empty when it names neither. */
    static Optional<WorkflowFile> find(String name) {
        Path path = Path.of(name);
        if (Files.isDirectory(path) && Files.isRegularFile(path.resolve(NAME))) {
            return Optional.of(new WorkflowFile(path.resolve(NAME)));
        }
        if (Files.isRegularFile(path)) {
            return Optional.of(new WorkflowFile(path));
        }
        if (name.matches(".*([/\\\\]|\\.ya?ml$).*")) {
            throw new Exit(Exit.USAGE, "Expected a workflow file, but there is no " + name);
        }
        return Optional.empty();
    }

    /** A file that must be there. */
    static WorkflowFile get(String name) {
        return find(name).orElseThrow(() -> new Exit(Exit.USAGE, "Expected a workflow file, but there is no " + name));
    }

    /** The server's opinion: {@code {valid, name, phase_count, errors[], …}}. */
    JsonNode validate(ApiClient api) {
        JsonNode first = api.post("/workflows/validate", question());
        ObjectNode files = files(first);
        return files.isEmpty()
                ? first
                : api.post("/workflows/validate", question().set("files", files));
    }

    /** Creates or replaces the workflow on the server. Problems of the file end the command with exit code 2. */
    JsonNode send(ApiClient api) {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("yaml", text).put("filename", path.toString());
        body.set("files", files(api.post("/workflows/validate", question())));
        try {
            return api.post("/workflows/package", body);
        } catch (Refused refused) {
            if (refused.code().equals("INVALID_WORKFLOW")) {
                List<String> errors = refused.errors();
                throw new Exit(Exit.USAGE, errors.isEmpty() ? List.of(refused.getMessage()) : errors);
            }
            throw refused;
        }
    }

    /** Ends the command when the server found problems, one line for each. */
    static void mustBeValid(JsonNode validation) {
        if (!validation.path("valid").asBoolean(false)) {
            List<String> errors = new ArrayList<>();
            validation.path("errors").forEach(error -> errors.add(error.asText()));
            throw new Exit(Exit.USAGE, errors.isEmpty() ? List.of("The workflow is not valid") : errors);
        }
    }

    private ObjectNode question() {
        return ApiClient.JSON.createObjectNode().put("content", text).put("filename", path.toString());
    }

    private ObjectNode files(JsonNode validation) {
        Map<String, Path> found = new TreeMap<>();
        for (JsonNode needed : validation.path("needed_files")) {
            collect(needed.asText(), found);
        }
        ObjectNode files = ApiClient.JSON.createObjectNode();
        long total = 0;
        for (Map.Entry<String, Path> file : found.entrySet()) {
            byte[] bytes = bytes(file.getValue());
            total += bytes.length;
            if (total > PACKAGE_MAX_BYTES || files.size() >= FILES_MAX) {
                throw new Exit(
                        Exit.USAGE,
                        "Expected at most " + FILES_MAX + " files of together " + PACKAGE_MAX_BYTES + " bytes beside "
                                + path + ", but there are more");
            }
            files.put(file.getKey(), Base64.getEncoder().encodeToString(bytes));
        }
        return files;
    }

    /** A needed file or, with a slash at its end, folder. One that is not there is left out: the server says where. */
    private void collect(String needed, Map<String, Path> found) {
        Path target = folder.resolve(needed);
        if (!target.normalize().startsWith(folder) || !Files.exists(target)) {
            return;
        }
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file :
                    files.filter(Files::isRegularFile).limit(FILES_MAX + 1L).toList()) {
                if (!file.toRealPath().startsWith(folder)) {
                    throw new Exit(
                            Exit.USAGE, "Expected files inside " + folder + ", but " + file + " leads out of it");
                }
                found.put(folder.relativize(file.normalize()).toString().replace('\\', '/'), file);
            }
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "Cannot read " + target + ": " + broken);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > PACKAGE_MAX_BYTES) {
                throw new Exit(
                        Exit.USAGE, "Expected at most " + PACKAGE_MAX_BYTES + " bytes, but " + file + " has more");
            }
            return Files.readAllBytes(file);
        } catch (IOException broken) {
            throw new Exit(Exit.USAGE, "Cannot read " + file + ": " + broken);
        }
    }
}
