package io.fourfold.packages;

import io.fourfold.artifact.ContentStore;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A workflow as a package of its own: installed elsewhere it is the same, and exported there the same bytes. */
public final class Export {

    /** Of what no package says a version of. */
    static final String VERSION = "1.0.0";

    private Export() {}

    /** @param manifest of the package that holds this workflow alone; null where there is none */
    public static Map<String, byte[]> files(WorkflowDefinition definition, Manifest manifest, ContentStore content) {
        Manifest own = manifest == null ? new Manifest(definition.id(), VERSION, null, null, null) : manifest;
        Map<String, byte[]> files = new TreeMap<>();
        files.put(Manifest.FILE, bytes(manifest(own)));
        files.put(PackageReader.WORKFLOW, bytes(WorkflowText.of(definition)));
        definition
                .files()
                .forEach((path, sha256) -> files.put(
                        path,
                        content.read(sha256)
                                .orElseThrow(() -> new IllegalStateException(
                                        "Expected content " + sha256 + " of " + path + " to be kept"))));
        return files;
    }

    private static String manifest(Manifest m) {
        return WorkflowText.fields(List.of(
                pair("name", m.name()),
                pair("version", m.version()),
                pair("description", m.description()),
                pair("author", m.author()),
                pair("license", m.license())));
    }

    private static List<String> pair(String name, String value) {
        return Arrays.asList(name, value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
