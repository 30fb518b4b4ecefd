package io.fourfold.orchestration.workflow;

import static io.fourfold.orchestration.workflow.Yaml.phase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each way to be wrong: the file, and the one line that is said about it. */
final class BrokenWorkflowTest {

    private static final Map<String, String> FILES = Map.of(
            "p.md", "Do it.",
            "unknown.md", "---\nmodel: opus\ntemperature: 1\n---\nDo it.",
            "open.md", "---\nmodel: opus\nDo it.",
            "later.md", "---\n---\n\nLook at {{nowhere}}.",
            "empty.md", "---\nmodel: opus\n---\n",
            "r.jsonl", "{}");

    private static final Schema PUBLISHED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(WorkflowSchema.published("workflow.json").orElseThrow());

    @ParameterizedTest(name = "{1}")
    @MethodSource({"structure", "phases", "files", "references", "notYet"})
    void isRefusedWithItsPlace(String yaml, String expected) {
        assertThat(Yaml.problems(yaml, FILES)).singleElement().asString().startsWith(expected);
    }

    /** The schema as anybody gets it, in another program, and the one inside say the same of each file. */
    @ParameterizedTest(name = "{1}")
    @MethodSource({"structure", "phases", "files", "references", "notYet"})
    void thePublishedSchemaIsTheOneThatChecks(String yaml, String expected) {
        YamlTree tree = YamlReader.read(yaml, "workflow.yaml");
        if (!tree.root().isMissingNode()) {
            boolean refused = !PUBLISHED.validate(tree.root()).isEmpty();
            assertThat(!WorkflowSchema.WORKFLOW.check(tree).isEmpty()).isEqualTo(refused);
            assertThat(refused || !expected.contains("expected a known field") || !expected.startsWith("workflow"))
                    .isTrue();
        }
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                arguments("", "workflow.yaml:1:1: expected fields, but it is empty"),
                arguments("- a\n", "workflow.yaml:1:1: expected a workflow, but was a list of 1"),
                arguments(
                        "id: w\nphases: []\n",
                        "workflow.yaml:2:9: phases: expected a list of 1 to 100 phases, but was an empty"),
                arguments("id: w\n", "workflow.yaml:1:1: phases: expected a value, but it is missing"),
                arguments("phases: [{id: a, run: x}]\n", "workflow.yaml:1:1: id: expected a value, but it is missing"),
                arguments(
                        phase("prompt: x\n") + "naem: N\n",
                        "workflow.yaml:5:1: naem: expected a known field, but was \"naem\"; the nearest is name"),
                arguments(
                        phase("prompt: x\n") + "zzzzzz: N\n",
                        "workflow.yaml:5:1: zzzzzz: expected a known field, but was \"zzzzzz\"; known are id"),
                arguments(
                        phase("prompt: x\n") + "concurrency: {behavior: WAIT}\n",
                        "workflow.yaml:5:25: concurrency.behavior: expected one of QUEUE, CANCEL, FAIL, REPLACE, but"),
                arguments(
                        phase("prompt: x\n") + "concurrency: {limit: 0}\n",
                        "workflow.yaml:5:22: concurrency.limit: expected a whole number from 1 to 1000, but was 0"),
                arguments(
                        phase("prompt: x\n") + "concurrency: {key: 'a-{{pr}}'}\n",
                        "workflow.yaml:5:23: concurrency.key: expected a declared input, but was {{pr}}"),
                arguments(
                        phase("prompt: x\n") + "concurrency: {group: a}\n",
                        "workflow.yaml:5:15: concurrency.group: expected a known field, but was \"group\"; known are"),
                arguments(
                        phase("prompt: x\n") + "id: w\n",
                        "workflow.yaml:5:1: id: expected it once, but it stands in line 1 already"),
                arguments(
                        phase("prompt: x\n") + "type: resarch\n",
                        "workflow.yaml:5:7: type: expected one of research, "),
                arguments(
                        phase("prompt: x\n") + "requires_repos: yes\n",
                        "workflow.yaml:5:17: requires_repos: expected true or false, but was \"yes\""),
                arguments(
                        phase("prompt: x\n") + "description:\n",
                        "workflow.yaml:5:13: description: expected text, but was nothing"),
                arguments(
                        phase("prompt: x\n") + "repository: {ref: x}\n",
                        "workflow.yaml:5:13: repository.url: expected a value, but it is missing"),
                arguments(
                        phase("prompt: x\n") + "inputs: [{name: a b}]\n",
                        "workflow.yaml:5:17: inputs[0].name: expected 1 to 100 letters"),
                arguments(
                        phase("prompt: x\n") + "inputs: [{name: a}, {name: a}]\n",
                        "workflow.yaml:5:28: inputs[1].name: expected a name of its own"),
                arguments(
                        phase("prompt: x\n") + "inputs: [{name: repo_url}]\n",
                        "workflow.yaml:5:17: inputs[0].name: expected a name of its own"),
                arguments("id: w\nphases: [\n", "workflow.yaml:3:1: expected YAML, but expected the node content"),
                arguments(
                        "id: !!java.net.URL x\nphases: [{id: a, run: x}]\n",
                        "workflow.yaml:1:5: id: expected no tag, but was tag:yaml.org,2002:java.net.URL"),
                arguments("id: w\n---\nid: v\n", "workflow.yaml:2:1: expected YAML, but found another document"),
                arguments("id: w\u0000\n", "workflow.yaml:1:1: expected YAML, but"));
    }

    static Stream<Arguments> phases() {
        return Stream.of(
                arguments(
                        phase("prompt: x\nrun: y\n"),
                        "workflow.yaml:5:5: phases[0].run: expected exactly one of prompt, prompt_template, prompt_file, run, command, but found prompt and run"),
                arguments(phase(""), "workflow.yaml:3:5: phases[0]: expected exactly one of"),
                arguments(
                        phase("prompt: ''\n"), "workflow.yaml:4:13: phases[0].prompt: expected text that is not empty"),
                arguments(
                        phase("prompt: [x]\n"),
                        "workflow.yaml:4:13: phases[0].prompt: expected text that is not empty, but was a list of 1"),
                arguments(
                        phase("prompt: x\ntimeout_seconds: 0\n"),
                        "workflow.yaml:5:22: phases[0].timeout_seconds: expected a whole number from 1 to 86400 seconds, but was 0"),
                arguments(
                        phase("prompt: x\ntimeout_seconds: 5m\n"),
                        "workflow.yaml:5:22: phases[0].timeout_seconds: expected a whole number from 1 to 86400 seconds, but was \"5m\""),
                arguments(
                        phase("prompt: x\nmax_cost_usd: -1\n"),
                        "workflow.yaml:5:19: phases[0].max_cost_usd: expected an amount of US dollars"),
                arguments(
                        phase("prompt: x\nmax_cost_usd: free\n"),
                        "workflow.yaml:5:19: phases[0].max_cost_usd: expected an amount of US dollars"),
                arguments(
                        phase("prompt: x\nmax_cost_usd: 1e99999999\n"),
                        "workflow.yaml:5:19: phases[0].max_cost_usd: expected a number of at most 40 digits"),
                arguments(
                        phase("prompt: x\nmodel: --help\n"),
                        "workflow.yaml:5:12: phases[0].model: expected a model's alias"),
                arguments(
                        phase("prompt: x\ntools: [Read]\n"),
                        "workflow.yaml:5:5: phases[0].tools: expected a known field"),
                arguments(
                        phase("run: x\nmodel: opus\n"),
                        "workflow.yaml:5:5: phases[0].model: expected no model, because agent command"),
                arguments(
                        phase("run: x\nagent: claude\n"),
                        "workflow.yaml:5:12: phases[0].agent: expected command beside run, but was \"claude\""),
                arguments(
                        phase("prompt: x\nagent: command\n"),
                        "workflow.yaml:5:12: phases[0].agent: expected command or run"),
                arguments(
                        phase("command: x\n"),
                        "workflow.yaml:4:5: phases[0].command: expected agent: command beside it, but agent is claude"),
                arguments(
                        phase("prompt: x\nagent: gemini\n"),
                        "workflow.yaml:5:12: phases[0].agent: expected one of claude, command, replay"),
                arguments(phase("prompt: x\nagent: replay\n"), "workflow.yaml:3:5: phases[0]: expected a recording"),
                arguments(
                        phase("prompt: x\nrecording: r.jsonl\n"),
                        "workflow.yaml:5:5: phases[0].recording: expected agent: replay beside it, but agent is claude"),
                arguments(
                        phase("prompt: x\npace: 1\n"),
                        "workflow.yaml:5:5: phases[0].pace: expected agent: replay beside it"),
                arguments(
                        phase("prompt: x\norder: 1\n") + "  - {id: two, prompt: y, order: 1}\n",
                        "workflow.yaml:6:33: phases[1].order: expected an order of its own, because not both are execution_type: parallel, but phases[0] has 1 too"),
                arguments(
                        phase("prompt: x\n") + "  - {id: one, prompt: y}\n",
                        "workflow.yaml:5:10: phases[1].id: expected an id of its own, but phases[0] is one too"),
                arguments(
                        "id: w\nphases: [{id: ../a, run: x}]\n", "workflow.yaml:2:15: phases[0].id: expected 1 to 100"),
                arguments(
                        "id: w\nphases: [{id: repo_url, run: x}]\n",
                        "workflow.yaml:2:15: phases[0].id: expected an id of its own"));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments(
                        phase("prompt_file: prompts/no.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a file of the package, but prompts/no.md is not there"),
                arguments(
                        phase("prompt_file: ../p.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a path that stays inside, but was \"../p.md\""),
                arguments(
                        phase("prompt_file: a/../../p.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a path that stays inside"),
                arguments(
                        phase("prompt_file: /etc/passwd\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a relative path"),
                arguments(
                        phase("prompt_file: ~/p.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a relative path"),
                arguments(
                        phase("prompt_file: a\\b.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected plain names"),
                arguments(
                        phase("prompt_file: C:/b.md\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected plain names"),
                arguments(
                        phase("prompt_file: shared://../p\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a path that stays inside"),
                arguments(
                        phase("prompt_file: shared://no\n"),
                        "workflow.yaml:4:18: phases[0].prompt_file: expected a file of the package, but phase-library/no.md"),
                arguments(
                        phase("prompt_file: unknown.md\n"),
                        "unknown.md:3:1: temperature: expected a known field, but was \"temperature\""),
                arguments(phase("prompt_file: open.md\n"), "open.md:1:1: expected a second line of ---"),
                arguments(phase("prompt_file: empty.md\n"), "empty.md:3:1: expected a prompt, but it is empty"),
                arguments(
                        phase("prompt_file: later.md\n"),
                        "later.md:4:9: phases[0].prompt_file: expected a known placeholder, but was {{nowhere}}"),
                arguments(
                        phase("prompt: x\nagent: replay\nrecording: ../r.jsonl\n"),
                        "workflow.yaml:6:16: phases[0].recording: expected a path that stays inside"),
                arguments(
                        phase("prompt: x\nagent: replay\nrecording: no.jsonl\n"),
                        "workflow.yaml:6:16: phases[0].recording: expected a file of the package"),
                arguments(
                        phase("prompt_file: unknown.md\nagent: replay\nrecording: r.jsonl\n")
                                        .replace("unknown", "p") + "nmae: x\n",
                        "workflow.yaml:7:1: nmae"));
    }

    static Stream<Arguments> references() {
        return Stream.of(
                arguments(
                        phase("prompt: |\n  First line\n  and {{topic}} here\n"),
                        "workflow.yaml:6:11: phases[0].prompt: expected a known placeholder, but was {{topic}}; known are execution_id, repo_dir, repo_url, workflow_id, workspace"),
                arguments(
                        phase("run: echo {{one}}\n"),
                        "workflow.yaml:4:15: phases[0].run: expected the output of an earlier phase, but one is this phase"),
                arguments(
                        phase("prompt: '{{two}}'\n") + "  - {id: two, prompt: y}\n",
                        "workflow.yaml:4:14: phases[0].prompt: expected the output of an earlier phase, but two runs later"),
                arguments(
                        phase("prompt: x\n") + "repos: ['{{nope}}']\n",
                        "workflow.yaml:5:10: repos[0]: expected a declared input, but was {{nope}}; none is declared"),
                arguments(
                        phase("prompt: x\n") + "repository: {url: 'o/{{one}}'}\n",
                        "workflow.yaml:5:22: repository.url: expected a declared input, but was {{one}}"),
                arguments(
                        phase("prompt: x\n") + "repos: [--upload-pack=x]\n",
                        "workflow.yaml:5:9: repos[0]: expected owner/name or a URL"),
                arguments(
                        phase("prompt: x\ninput_artifacts: [two]\n") + "  - {id: two, prompt: y}\n",
                        "workflow.yaml:5:23: phases[0].input_artifacts[0]: expected an earlier phase"),
                arguments(
                        phase("prompt: x\noutput_artifacts: [../x]\n"),
                        "workflow.yaml:5:24: phases[0].output_artifacts[0]: expected a path that stays inside"));
    }

    static Stream<Arguments> notYet() {
        return Stream.of(
                arguments(
                        phase("prompt: x\nwhen: phases.a ==\n"),
                        "workflow.yaml:5:11: phases[0].when: expected a condition: "),
                arguments(
                        phase("prompt: x\nwhen: record.act == 'DO'\n"),
                        "workflow.yaml:5:11: phases[0].when: expected a condition: "),
                arguments(
                        phase("prompt: x\nwhen: \"'text'\"\n"),
                        "workflow.yaml:5:11: phases[0].when: expected a condition: "),
                arguments(
                        phase("prompt: x\n") + "egress: [example.org]\n",
                        "workflow.yaml:5:1: egress: expected only what this version carries out"));
    }

    @Test
    void twoMebibytesAreRefusedWithTheirSize() {
        String yaml = phase("prompt: x\n") + "description: " + "x".repeat(2 << 20) + "\n";

        assertThat(Yaml.problems(yaml, FILES))
                .containsExactly("workflow.yaml:1:1: expected at most 1048576 bytes, but it has " + yaml.length());
    }

    @Test
    void depthAndAliasesAreLimited() {
        assertThat(Yaml.problems("id: " + "[".repeat(500_000), FILES))
                .containsExactly("workflow.yaml:1:36: expected at most 32 levels, but it is deeper");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, before))));
        }
        assertThat(Yaml.problems(bomb.toString(), FILES))
                .singleElement()
                .asString()
                .contains("expected at most 50000 values, aliases included");
        assertThat(Yaml.problems("id: &x [*x]\n", FILES))
                .singleElement()
                .asString()
                .contains("contains itself");
    }

    @Test
    void anAliasIsReadLikeWhatItStandsFor() {
        String yaml = phase("prompt: x\nallowed_tools: &t [Read]\n") + "  - {id: two, prompt: y, allowed_tools: *t}\n";

        assertThat(Yaml.good(yaml).phases())
                .allSatisfy(phase -> assertThat(phase.allowedTools()).containsExactly("Read"));
    }
}
