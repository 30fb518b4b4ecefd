package io.fourfold.packages;

import static io.fourfold.packages.Trees.MANIFEST;
import static io.fourfold.packages.Trees.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackageReaderTest {

    private static final String TRIGGER = """
            triggers:
              - name: nightly
                source: schedule
                schedule: 30 2 * * *
                workflow: one
            """;

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final PackageReader reader = new PackageReader(
            new Registrar(null, null, new WorkflowYaml(phase -> Optional.empty())),
            new ConfigDesk(new EngineConfigs(log, new Expressions()), log));

    private List<String> problems(PackageTree tree) {
        return switch (reader.read(tree, "fallback")) {
            case PackageReader.Result.Read read -> List.of();
            case PackageReader.Result.Broken broken ->
                broken.problems().stream().map(Problem::text).toList();
        };
    }

    private PackageReader.Result.Read good(PackageTree tree) {
        assertThat(problems(tree)).isEmpty();
        return (PackageReader.Result.Read) reader.read(tree, "fallback");
    }

    @Test
    void oneWorkflowAtTheRootIsAPackage() {
        PackageReader.Result.Read read =
                good(Trees.of("fourfold.yaml", MANIFEST + "license: MIT\n", "workflow.yaml", workflow("one", "echo")));
        assertThat(read.manifest()).isEqualTo(new Manifest("demo", "1.0.0", null, null, "MIT"));
        assertThat(read.workflows())
                .extracting(found -> found.definition().id())
                .containsExactly("one");
    }

    @Test
    void withoutAManifestItIsCalledAsItsSourceIs() {
        assertThat(good(Trees.of("workflow.yaml", workflow("one", "echo")))
                        .manifest()
                        .name())
                .isEqualTo("fallback");
    }

    @Test
    void severalWorkflowsShareALibraryAndHaveFilesOfTheirOwn() {
        String shared = "id: %s\nphases:\n  - {id: a, prompt_file: 'shared://ask'}\n  - {id: b, prompt_file: own.md}\n";
        PackageReader.Result.Read read = good(Trees.of(
                "fourfold.yaml",
                MANIFEST,
                "phase-library/ask.md",
                "Ask.",
                "workflows/x/workflow.yaml",
                shared.formatted("x"),
                "workflows/x/own.md",
                "X.",
                "workflows/y/workflow.yaml",
                shared.formatted("y"),
                "workflows/y/own.md",
                "Y."));
        assertThat(read.workflows())
                .extracting(found -> found.path() + ": "
                        + found.definition().phases().get(0).prompt()
                        + found.definition().phases().get(1).prompt())
                .containsExactly("workflows/x/workflow.yaml: Ask.X.", "workflows/y/workflow.yaml: Ask.Y.");
    }

    @Test
    void aTriggerIsCheckedAsItsRecordWouldBe() {
        PackageReader.Result.Read read =
                good(Trees.of("workflow.yaml", workflow("one", "echo"), "triggers.yaml", TRIGGER));
        assertThat(read.triggers()).singleElement().satisfies(cue -> {
            assertThat(cue.name()).isEqualTo("nightly");
            assertThat(cue.body().text("topic")).contains("trigger");
        });
    }

    static Stream<Arguments> broken() {
        String one = workflow("one", "echo");
        return Stream.of(
                arguments(
                        Trees.of("fourfold.yaml", MANIFEST + "licence: MIT\n", "workflow.yaml", one),
                        "fourfold.yaml:3:1: licence: expected a known field, but was \"licence\"; the nearest is license"),
                arguments(
                        Trees.of("fourfold.yaml", "name: demo\n", "workflow.yaml", one),
                        "fourfold.yaml:1:1: version: expected a value, but it is missing"),
                arguments(
                        Trees.of("fourfold.yaml", "name: demo\nversion: 1.0\n", "workflow.yaml", one),
                        "fourfold.yaml:2:10: version: expected a version such as \"1.2.0\""),
                arguments(
                        Trees.of("fourfold.yaml", "name: a b\nversion: '1'\n", "workflow.yaml", one),
                        "fourfold.yaml:1:7: name: expected 1 to 100 letters"),
                arguments(
                        Trees.of("fourfold.yaml", MANIFEST),
                        "workflow.yaml:1:1: expected workflow.yaml, or 1 to 100 of workflows/NAME/workflow.yaml, but neither"),
                arguments(
                        Trees.of("workflow.yaml", one, "workflows/x/workflow.yaml", workflow("x", "echo")),
                        "workflow.yaml:1:1: expected workflow.yaml, or 1 to 100 of workflows/NAME/workflow.yaml, but both"),
                arguments(
                        Trees.of("workflows/x/workflow.yaml", one, "workflows/y/README.md", "Nothing"),
                        "workflows/y/workflow.yaml:1:1: expected a workflow in this folder, but there is none"),
                arguments(
                        Trees.of("workflows/x/workflow.yaml", one, "workflows/y/workflow.yaml", one),
                        "workflows/y/workflow.yaml:1:5: id: expected an id of its own, but workflows/x/workflow.yaml has it too"),
                arguments(
                        Trees.of("workflows/x/workflow.yaml", one + "    tools: []\n"),
                        "workflows/x/workflow.yaml:5:5: phases[0].tools: expected a known field"),
                arguments(
                        Trees.of(
                                "workflows/x/workflow.yaml", "id: x\nphases: [{id: a, prompt_file: p.md}]\n",
                                "workflows/x/p.md", "---\nmodl: opus\n---\nDo it."),
                        "workflows/x/p.md:2:1: modl: expected a known field"),
                arguments(
                        Trees.of(
                                "workflows/x/workflow.yaml", "id: x\nphases: [{id: a, prompt_file: 'shared://p'}]\n",
                                "phase-library/p.md", "---\nmodl: opus\n---\nDo it."),
                        "phase-library/p.md:2:1: modl: expected a known field"),
                arguments(
                        Trees.of("workflow.yaml", "id: x\nphases: [{id: a, prompt_file: 'shared://p'}]\n"),
                        "workflow.yaml:2:31: phases[0].prompt_file: expected a file of the package, but phase-library/p.md"),
                arguments(
                        Trees.of("workflow.yaml", one, "triggers.yml", TRIGGER),
                        "triggers.yml:1:1: expected the name triggers.yaml"),
                arguments(
                        Trees.of("workflow.yaml", one, "triggers.yaml", TRIGGER + "    cooldwn: 5\n"),
                        "triggers.yaml:6:14: triggers[0].cooldwn: expected one of topic, name, "),
                arguments(
                        Trees.of("workflow.yaml", one, "triggers.yaml", TRIGGER.replace("30 2", "99 2")),
                        "triggers.yaml:4:15: triggers[0].schedule: expected "),
                arguments(
                        Trees.of("workflow.yaml", one, "triggers.yaml", TRIGGER + TRIGGER.substring(10)),
                        "triggers.yaml:6:11: triggers[1].name: expected a name of its own"),
                arguments(
                        Trees.of("workflow.yaml", one, "triggers.yaml", "- name: x\n"),
                        "triggers.yaml:1:1: expected a group with triggers"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("broken")
    void whatIsWrongIsNamedWithItsPlace(PackageTree tree, String expected) {
        assertThat(problems(tree)).singleElement().asString().startsWith(expected);
    }

    @Test
    void whatIsWrongAnywhereComesOutTogether() {
        assertThat(problems(Trees.of(
                        "fourfold.yaml", "name: demo\n",
                        "workflows/x/workflow.yaml", "id: x\n",
                        "workflows/y/workflow.yaml", "id: y\nphases: []\n",
                        "triggers.yaml", "triggers: []\n")))
                .hasSize(4);
    }
}
