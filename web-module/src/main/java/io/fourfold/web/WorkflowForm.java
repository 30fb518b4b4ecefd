package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.orchestration.workflow.Registrar;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The contract's CreateWorkflowRequest. It becomes the text of a workflow file, JSON being YAML, so that it is checked
 * by the same rules and in the same words.
 */
record WorkflowForm(
        String id,
        String name,
        String workflowType,
        String classification,
        String repositoryUrl,
        String repositoryRef,
        String description,
        String projectName,
        List<ObjectNode> phases,
        List<ObjectNode> inputDeclarations,
        List<String> repos,
        Boolean requiresRepos) {

    static final int ID_MAX_CHARS = 100;

    private static final String FILE = "workflow.json";
    private static final Map<String, String> IN_A_PHASE = Map.of("phase_id", "id", "agent_type", "agent");

    Registrar.Package file() {
        ObjectNode root = Answer.MAPPER.createObjectNode();
        String title = Body.required("name", name);
        root.put("id", id == null ? idOf(title) : id);
        root.put("name", title);
        text(root, "description", description);
        text(root, "type", workflowType);
        text(root, "classification", classification);
        text(root, "project_name", projectName);
        if (repositoryUrl != null && !repositoryUrl.isEmpty()) {
            text(root.putObject("repository").put("url", repositoryUrl), "ref", repositoryRef);
        }
        if (repos != null) {
            root.set("repos", Answer.MAPPER.valueToTree(repos));
        }
        root.put("requires_repos", requiresRepos == null || requiresRepos);
        list(root, "inputs", inputDeclarations, Map.of());
        list(root, "phases", phases, IN_A_PHASE);
        return new Registrar.Package(FILE, Answer.text(root), Map.of());
    }

    private static void text(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    /** Null is absent, and so is an empty agent_type, its default in the contract. */
    private static void list(ObjectNode root, String field, List<ObjectNode> items, Map<String, String> names) {
        if (items == null) {
            return;
        }
        var list = root.putArray(field);
        for (ObjectNode item : items) {
            ObjectNode renamed = list.addObject();
            for (Map.Entry<String, JsonNode> entry : item.properties()) {
                String name = names.getOrDefault(entry.getKey(), entry.getKey());
                if (renamed.has(name)) {
                    throw Body.wrong(
                            field + "[" + (list.size() - 1) + "]." + name, "it once, but it came by two names");
                }
                boolean unset =
                        name.equals("agent") && entry.getValue().asText().isEmpty();
                if (!entry.getValue().isNull() && !unset) {
                    renamed.set(name, entry.getValue());
                }
            }
        }
    }

    /** {@code Fix the Build!} is {@code fix-the-build}; a name without a letter or digit has no id. */
    static String idOf(String name) {
        String id = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (id.isEmpty()) {
            throw Body.wrong("id", "one, because the name has no letter or digit to make it of");
        }
        return id.substring(0, Math.min(id.length(), ID_MAX_CHARS));
    }
}
