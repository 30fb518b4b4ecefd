package io.fourfold.packages;

import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.WorkflowSchema;
import io.fourfold.orchestration.workflow.YamlReader;
import io.fourfold.orchestration.workflow.YamlTree;
import java.util.ArrayList;
import java.util.List;

/** What a package says of itself in {@value #FILE}; null is what it does not say. */
public record Manifest(String name, String version, String description, String author, String license) {

    public static final String FILE = "fourfold.yaml";

    /** What came of reading. */
    sealed interface Result {

        record Read(Manifest manifest) implements Result {}

        record Broken(List<Problem> problems) implements Result {}
    }

    static Result read(String text) {
        YamlTree yaml = YamlReader.read(text, FILE);
        List<Problem> problems = new ArrayList<>(yaml.problems());
        if (!yaml.root().isMissingNode()) {
            problems.addAll(WorkflowSchema.PACKAGE.check(yaml));
        }
        return problems.isEmpty()
                ? new Result.Read(new Manifest(
                        yaml.root().path("name").textValue(),
                        yaml.root().path("version").textValue(),
                        yaml.root().path("description").textValue(),
                        yaml.root().path("author").textValue(),
                        yaml.root().path("license").textValue()))
                : new Result.Broken(problems);
    }
}
