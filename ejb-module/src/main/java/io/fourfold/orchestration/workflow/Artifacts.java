package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.YamlTree.child;
import static io.fourfold.orchestration.workflow.YamlTree.item;

import java.util.List;
import java.util.Optional;

/** What phases declare to take and to leave. */
final class Artifacts {

    private static final String OUTPUT = "artifacts/output/";

    private Artifacts() {}

    /** A declared output relative to {@code artifacts/output}; that folder may stand before it or not. */
    static String output(String written) {
        return written.startsWith(OUTPUT) ? written.substring(OUTPUT.length()) : written;
    }

    /**
     * A declared input relative to {@code artifacts/input}: a phase that runs earlier, a file below it, or a file that
     * an earlier phase declares; empty when it is none of these.
     */
    static Optional<String> input(String written, Phase taker, List<Phase> phases) {
        for (Phase giver : phases) {
            if (giver.order() >= taker.order()) {
                continue;
            }
            if (written.equals(giver.id()) || written.startsWith(giver.id() + "/")) {
                return Optional.of(written);
            }
        }
        return phases.stream()
                .filter(giver -> giver.order() < taker.order())
                .filter(giver -> giver.outputArtifacts().stream()
                        .anyMatch(path -> output(path).equals(output(written))))
                .map(giver -> giver.id() + "/" + output(written))
                .findFirst();
    }

    /** The phase with its artifacts as paths relative to {@code artifacts/input} and {@code artifacts/output}. */
    static Phase settled(Phase phase, List<Phase> phases) {
        return new Phase(
                phase.id(),
                phase.name(),
                phase.order(),
                phase.description(),
                phase.argumentHint(),
                phase.prompt(),
                phase.agent(),
                phase.model(),
                phase.recording(),
                phase.pace(),
                phase.allowedTools(),
                phase.maxTokens(),
                phase.timeoutSeconds(),
                phase.maxCostUsd(),
                phase.inputArtifacts().stream()
                        .map(written -> input(written, phase, phases).orElseThrow())
                        .toList(),
                phase.outputArtifacts().stream().map(Artifacts::output).toList(),
                phase.executionType(),
                phase.when());
    }

    static void check(YamlTree yaml, PhaseReader.Read read, List<PhaseReader.Read> all, List<Problem> problems) {
        List<Phase> phases = all.stream().map(PhaseReader.Read::phase).toList();
        String inputs = child(read.path(), "input_artifacts");
        for (int i = 0; i < read.phase().inputArtifacts().size(); i++) {
            String written = read.phase().inputArtifacts().get(i);
            Optional<String> wrong = PackageFiles.wrong(written);
            if (wrong.isEmpty() && input(written, read.phase(), phases).isEmpty()) {
                wrong = Optional.of("expected an earlier phase, a file below it or one it declares, but was "
                        + Shown.text(written));
            }
            if (wrong.isPresent()) {
                problems.add(yaml.at(item(inputs, i), wrong.get()));
            }
        }
        String outputs = child(read.path(), "output_artifacts");
        for (int i = 0; i < read.phase().outputArtifacts().size(); i++) {
            String where = item(outputs, i);
            PackageFiles.wrong(output(read.phase().outputArtifacts().get(i)))
                    .ifPresent(wrong -> problems.add(yaml.at(where, wrong)));
        }
    }
}
