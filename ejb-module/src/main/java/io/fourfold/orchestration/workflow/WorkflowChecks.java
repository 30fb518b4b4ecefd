package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.YamlTree.child;
import static io.fourfold.orchestration.workflow.YamlTree.field;
import static io.fourfold.orchestration.workflow.YamlTree.item;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that look at more than one place of a workflow; those of one place are in the schema. */
final class WorkflowChecks {

    private final YamlTree yaml;
    private final List<PhaseReader.Read> phases;
    private final Set<String> inputs = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private WorkflowChecks(YamlTree yaml, List<PhaseReader.Read> phases) {
        this.yaml = yaml;
        this.phases = phases;
    }

    static List<Problem> check(YamlTree yaml, List<PhaseReader.Read> phases) {
        WorkflowChecks checks = new WorkflowChecks(yaml, phases);
        checks.carriedOut();
        checks.inputNames();
        checks.phaseNames();
        checks.phaseOrders();
        checks.conditions();
        checks.repositories();
        checks.inputs("concurrency.key", field(field(yaml.root(), "concurrency"), "key"));
        for (PhaseReader.Read phase : phases) {
            checks.placeholders(phase);
            Artifacts.check(yaml, phase, phases, checks.problems);
        }
        return checks.problems;
    }

    private void carriedOut() {
        for (NotCarriedOut row : NotCarriedOut.NOT_CARRIED_OUT) {
            if (!row.ofPhase()) {
                row.refusal(yaml.root()).ifPresent(words -> problems.add(yaml.atKey(row.field(), words)));
                continue;
            }
            JsonNode list = field(yaml.root(), "phases");
            for (int i = 0; list.isArray() && i < list.size(); i++) {
                String path = child(item("phases", i), row.field());
                row.refusal(list.get(i)).ifPresent(words -> problems.add(yaml.atKey(path, words)));
            }
        }
    }

    private void inputNames() {
        JsonNode list = field(yaml.root(), "inputs");
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            String name = list.get(i).path("name").asText();
            String path = child(item("inputs", i), "name");
            if (Placeholders.BUILT_IN.contains(name)) {
                problems.add(yaml.at(path, "expected a name of its own, but {{" + name + "}} means something already"));
            } else if (!name.isEmpty() && !inputs.add(name)) {
                problems.add(yaml.at(path, "expected a name of its own, but another input is " + name + " too"));
            }
        }
    }

    private void phaseNames() {
        Map<String, String> ids = new HashMap<>();
        for (PhaseReader.Read read : phases) {
            String id = read.phase().id();
            String idPath = child(read.path(), "id");
            String same = ids.putIfAbsent(id, read.path());
            if (!id.isEmpty() && same != null) {
                problems.add(yaml.at(idPath, "expected an id of its own, but " + same + " is " + id + " too"));
            } else if (inputs.contains(id) || Placeholders.BUILT_IN.contains(id)) {
                problems.add(yaml.at(idPath, "expected an id of its own, but {{" + id + "}} means something already"));
            }
        }
    }

    /** Only phases that all are parallel may share an order. */
    private void phaseOrders() {
        Map<Integer, PhaseReader.Read> orders = new HashMap<>();
        for (PhaseReader.Read read : phases) {
            PhaseReader.Read before = orders.putIfAbsent(read.phase().order(), read);
            if (before != null && !(isParallel(before) && isParallel(read))) {
                problems.add(yaml.at(
                        orderPath(read),
                        "expected an order of its own, because not both are execution_type: parallel, but "
                                + before.path() + " has " + read.phase().order() + " too"));
            }
        }
    }

    private static boolean isParallel(PhaseReader.Read read) {
        return read.phase().executionType().equals("parallel");
    }

    private void conditions() {
        for (PhaseReader.Read read : phases) {
            if (read.phase().when() != null) {
                PhaseCondition.fault(read.phase().when())
                        .ifPresent(fault ->
                                problems.add(yaml.at(child(read.path(), "when"), "expected a condition: " + fault)));
            }
        }
    }

    private String orderPath(PhaseReader.Read read) {
        String path = child(read.path(), "order");
        return yaml.values().containsKey(path) ? path : read.path();
    }

    private void repositories() {
        JsonNode block = field(yaml.root(), "repository");
        for (String name : List.of("url", "ref")) {
            inputs(child("repository", name), field(block, name));
        }
        JsonNode list = field(yaml.root(), "repos");
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            inputs(item("repos", i), list.get(i));
        }
    }

    /** Nothing but inputs is known before a run has begun. */
    private void inputs(String path, JsonNode value) {
        for (Placeholders.Mention mention : Placeholders.in(value.asText(""))) {
            if (!inputs.contains(mention.name())) {
                problems.add(yaml.atToken(
                        path,
                        mention.token(),
                        "expected a declared input, but was " + mention.token() + known(inputs)));
            }
        }
    }

    private void placeholders(PhaseReader.Read read) {
        Set<String> known = new HashSet<>(Placeholders.BUILT_IN);
        known.addAll(inputs);
        Set<String> later = new HashSet<>();
        for (PhaseReader.Read other : phases) {
            (other.phase().order() < read.phase().order() ? known : later)
                    .add(other.phase().id());
        }
        Template template = read.template();
        for (Placeholders.Mention mention : Placeholders.in(template.text())) {
            if (known.contains(mention.name())) {
                continue;
            }
            String expected = later.contains(mention.name())
                    ? "expected the output of an earlier phase, but " + mention.name()
                            + (mention.name().equals(read.phase().id()) ? " is this phase" : " runs later")
                    : "expected a known placeholder, but was " + mention.token() + known(known);
            problems.add(template.at(mention.token(), expected));
        }
    }

    private static String known(Set<String> names) {
        return names.isEmpty()
                ? "; none is declared"
                : "; known are " + String.join(", ", names.stream().sorted().toList());
    }
}
