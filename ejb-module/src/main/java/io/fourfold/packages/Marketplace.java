package io.fourfold.packages;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.WorkflowSchema;
import io.fourfold.orchestration.workflow.YamlReader;
import io.fourfold.orchestration.workflow.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a registry offers, as its {@value #FILE} says. */
public record Marketplace(String name, List<Listed> packages) {

    public static final String FILE = "marketplace.json";

    public Marketplace {
        packages = List.copyOf(packages);
    }

    /** A package; null is what is not said of it. */
    public record Listed(
            String name, String source, String ref, String description, String version, List<String> tags) {

        public Listed {
            tags = List.copyOf(tags);
        }

        /** Whether each word is somewhere in its name, description or tags; case counts for nothing. */
        boolean isAbout(String words) {
            String all = (name + " " + (description == null ? "" : description) + " " + String.join(" ", tags))
                    .toLowerCase(Locale.ROOT);
            return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
                    .allMatch(all::contains);
        }
    }

    /** What came of reading. */
    sealed interface Result {

        record Read(Marketplace marketplace) implements Result {}

        record Broken(List<Problem> problems) implements Result {}
    }

    static Result read(String text) {
        // JSON is YAML but for tabs between its values, which stand nowhere else in it.
        YamlTree json = YamlReader.read(text.replace('\t', ' '), FILE);
        List<Problem> problems = new ArrayList<>(json.problems());
        if (!json.root().isMissingNode()) {
            problems.addAll(WorkflowSchema.MARKETPLACE.check(json));
        }
        if (!problems.isEmpty()) {
            return new Result.Broken(problems);
        }
        List<Listed> packages = new ArrayList<>();
        for (JsonNode one : json.root().path("packages")) {
            List<String> tags = new ArrayList<>();
            one.path("tags").forEach(tag -> tags.add(tag.textValue()));
            packages.add(new Listed(
                    one.path("name").textValue(),
                    one.path("source").textValue(),
                    one.path("ref").textValue(),
                    one.path("description").textValue(),
                    one.path("version").textValue(),
                    tags));
        }
        return new Result.Read(new Marketplace(json.root().path("name").textValue(), packages));
    }
}
