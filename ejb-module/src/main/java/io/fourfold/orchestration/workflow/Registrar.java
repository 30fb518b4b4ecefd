package io.fourfold.orchestration.workflow;

import io.fourfold.artifact.ContentStore;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Refusal;
import io.fourfold.log.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes workflows in: reads and checks the package, keeps its companion files, then records it. */
public final class Registrar {

    /** All files of a package together. */
    public static final long PACKAGE_MAX_BYTES = 32L << 20;

    private final Commands commands;
    private final ContentStore content;
    private final WorkflowYaml yaml;

    public Registrar(Commands commands, ContentStore content, WorkflowYaml yaml) {
        this.commands = commands;
        this.content = content;
        this.yaml = yaml;
    }

    /** A workflow file with the files beside it, by path relative to it. */
    public record Package(String fileName, String text, Map<String, byte[]> files) {
        Optional<byte[]> file(String path) {
            return Optional.ofNullable(files.get(path));
        }
    }

    public WorkflowYaml.Result check(Package given) {
        return yaml.read(given.text(), given.fileName(), given::file);
    }

    /** Makes the workflow, or with {@code replace} its next revision when it differs. */
    public Outcome<Workflow.State> register(Package given, boolean replace, Did actor) {
        long size = given.files().values().stream().mapToLong(b -> b.length).sum();
        if (size > PACKAGE_MAX_BYTES) {
            return new Outcome.Refused<>(Refusal.of(
                    Refusal.Code.TOO_LARGE,
                    "files: expected at most " + PACKAGE_MAX_BYTES + " bytes together, but got " + size));
        }
        return switch (check(given)) {
            case WorkflowYaml.Result.Broken broken -> new Outcome.Refused<>(refusal(broken.problems()));
            case WorkflowYaml.Result.Read read -> {
                WorkflowDefinition complete = complete(given, read);
                keep(given, complete);
                yield commands.handle(
                        Workflow.AGGREGATE, new Workflow.Command.Create(complete.id(), complete, replace), actor);
            }
        };
    }

    /** The definition with the hashes of its companion files. Nothing is kept yet. */
    public static WorkflowDefinition complete(Package given, WorkflowYaml.Result.Read read) {
        Map<String, String> hashes = new TreeMap<>();
        given.files().forEach((path, bytes) -> {
            if (isCompanion(path, read.definition())) {
                hashes.put(path, Sha256.hex(bytes));
            }
        });
        return read.definition().withFiles(hashes);
    }

    /** Keeps the companion files of a complete definition. */
    public void keep(Package given, WorkflowDefinition complete) {
        complete.files().keySet().forEach(path -> content.put(given.files().get(path)));
    }

    /** Recordings and the workspace files beside them; prompt files are read into the definition. */
    private static boolean isCompanion(String path, WorkflowDefinition definition) {
        return definition.phases().stream()
                .map(Phase::recording)
                .filter(recording -> recording != null)
                .anyMatch(recording -> path.equals(recording) || path.startsWith(PackageFiles.workspaceOf(recording)));
    }

    public static Refusal refusal(List<Problem> problems) {
        List<String> texts = problems.stream().map(Problem::text).toList();
        return new Refusal(Refusal.Code.INVALID_WORKFLOW, texts.get(0), Map.of("errors", texts));
    }
}
