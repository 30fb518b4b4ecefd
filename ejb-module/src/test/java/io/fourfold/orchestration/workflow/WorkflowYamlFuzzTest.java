package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, reading it answers with a workflow or with problems that have a place. */
final class WorkflowYamlFuzzTest {

    private static final long SEED = 20261120;
    private static final int ROUNDS = 3000;
    private static final String ALPHABET = "{}[]:,-&*!|>'\"%@`#?\n\t\0 ~0a\uFFFD\uD83D\u0085";
    private static final Map<String, String> FILES = Map.of("p.md", "---\nmodel: opus\n---\nDo {{a}}", "r.jsonl", "{}");

    private static final String VALID = """
            id: fuzz
            name: &name Fuzz
            type: review
            repository: {url: "octo/{{a}}", ref: main}
            repos: [octo/hello]
            inputs:
              - {name: a, default: 1.5, required: false}
            phases:
              - id: one
                prompt: |
                  Do {{a}} with $ARGUMENTS
                  and more
                max_cost_usd: 0.5
                allowed_tools: [Read, Grep]
              - id: two
                prompt_file: p.md
                input_artifacts: [one]
              - id: three
                agent: replay
                prompt: Say {{two}}
                recording: r.jsonl
                pace: 0
              - id: four
                run: >
                  echo {{one}}
            """;

    @Test
    void theStartingPointIsValid() {
        assertThat(Yaml.problems(VALID, FILES)).isEmpty();
    }

    @Test
    void changedCharactersNeverThrow() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, letter);
                    case 1 -> text.insert(at, letter);
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                }
            }
            answers(text.toString());
        }
    }

    @Test
    void changedLinesNeverThrow() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = new ArrayList<>(VALID.lines().toList());
            int one = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(4)) {
                case 0 -> Collections.swap(lines, one, other);
                case 1 -> lines.add(one, lines.get(other));
                case 2 -> lines.remove(one);
                default ->
                    lines.set(
                            one, " ".repeat(random.nextInt(6)) + lines.get(one).strip());
            }
            answers(String.join("\n", lines));
        }
    }

    private static void answers(String text) {
        assertThatCode(() -> {
                    if (Yaml.read(text, FILES) instanceof WorkflowYaml.Result.Broken(List<Problem> problems)) {
                        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
                            assertThat(problem.line()).isPositive();
                            assertThat(problem.column()).isPositive();
                            assertThat(problem.message()).startsWith("expected");
                        });
                    }
                    WorkflowYaml.neededFiles(text);
                })
                .as("seed %d, file:\n%s", SEED, text)
                .doesNotThrowAnyException();
    }
}
