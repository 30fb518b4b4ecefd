package io.fourfold.orchestration.workflow;

import io.fourfold.log.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The inputs of a run, from what was given and what the workflow declares. An input named {@code task} and the run's
 * task are one: given either way, it is both.
 */
public final class Inputs {

    public static final int INPUT_MAX_BYTES = 64 << 10;

    private static final String TASK = "task";

    private Inputs() {}

    public sealed interface Result {

        /** @param task null when none was given */
        record Resolved(Map<String, String> values, String task) implements Result {
            public Resolved {
                values = Map.copyOf(values);
            }
        }

        record Refused(Refusal refusal) implements Result {}
    }

    /** Every declared input has a value or is optional and absent; an absent one is filled in as empty. */
    public static Result resolve(WorkflowDefinition definition, Map<String, String> given, String task) {
        Map<String, String> offered = new LinkedHashMap<>(given);
        String same = offered.get(TASK);
        if (task != null && same != null && !same.equals(task)) {
            return refused("Expected one task, but the task and the input task differ", Map.of());
        }
        String settled = task != null ? task : same;
        List<String> declared =
                definition.inputs().stream().map(WorkflowDefinition.Input::name).toList();
        if (settled != null && declared.contains(TASK)) {
            offered.put(TASK, settled);
        } else if (!declared.contains(TASK)) {
            offered.remove(TASK);
        }
        return check(definition, declared, offered, settled);
    }

    private static Result check(
            WorkflowDefinition definition, List<String> declared, Map<String, String> offered, String task) {
        for (Map.Entry<String, String> entry : offered.entrySet()) {
            if (entry.getValue() == null) {
                return refused(
                        "inputs." + entry.getKey() + ": expected text, but was null", Map.of("input", entry.getKey()));
            }
        }
        List<String> missing = definition.inputs().stream()
                .filter(input -> input.required() && input.defaultValue() == null && !offered.containsKey(input.name()))
                .map(WorkflowDefinition.Input::name)
                .toList();
        TreeSet<String> undeclared = new TreeSet<>(offered.keySet());
        undeclared.removeAll(declared);
        if (!missing.isEmpty() || !undeclared.isEmpty()) {
            return refused(
                    words(missing, undeclared, declared),
                    Map.of("missing", missing, "undeclared", List.copyOf(undeclared), "declared", declared));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (WorkflowDefinition.Input input : definition.inputs()) {
            String otherwise = input.defaultValue() == null ? "" : input.defaultValue();
            values.put(input.name(), offered.getOrDefault(input.name(), otherwise));
        }
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put("the task", task == null ? "" : task);
        for (Map.Entry<String, String> entry : all.entrySet()) {
            int bytes = entry.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > INPUT_MAX_BYTES || entry.getValue().indexOf('\0') >= 0) {
                return refused(
                        "Expected text of at most " + INPUT_MAX_BYTES + " bytes without NUL for " + entry.getKey()
                                + ", but it has " + bytes,
                        Map.of("input", entry.getKey()));
            }
        }
        return new Result.Resolved(values, task);
    }

    private static String words(List<String> missing, TreeSet<String> undeclared, List<String> declared) {
        String known = declared.isEmpty() ? "it declares none" : "it declares " + String.join(", ", declared);
        String first =
                missing.isEmpty() ? "" : "Expected input " + String.join(", ", missing) + ", but it was not given";
        String second = undeclared.isEmpty()
                ? ""
                : "Expected inputs the workflow declares, but " + String.join(", ", undeclared) + " was given; "
                        + known;
        return first + (first.isEmpty() || second.isEmpty() ? "" : ". ") + second;
    }

    private static Result refused(String message, Map<String, Object> details) {
        return new Result.Refused(new Refusal(Refusal.Code.INVALID_INPUT, message, details));
    }
}
