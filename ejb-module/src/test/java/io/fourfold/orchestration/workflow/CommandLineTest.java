package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real shell: it alone knows what it parses. */
final class CommandLineTest {

    @TempDir
    Path folder;

    private String run(String template, String value) throws IOException, InterruptedException {
        Prompt.Values values =
                new Prompt.Values("exec-1", "w", "", Map.of("x", value), Map.of(), value, folder.toString());
        Process shell = new ProcessBuilder("sh", "-c", CommandLine.assemble(template, values))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return output;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; touch broken; '",
                "\"; touch broken; \"",
                "$(touch broken)",
                "`touch broken`",
                "a\n touch broken\n",
                "\\'; touch broken #",
                "${x:-$(touch broken)}",
                "; touch broken",
                "| touch broken",
                "* ' \" \\ $HOME"
            })
    void noValueRunsWhereverItStands(String value) throws Exception {
        for (String template : new String[] {
            "printf %s {{x}}",
            "printf %s \"{{x}}\"",
            "printf %s '{{x}}'",
            "printf %s 'it'\\''s' >/dev/null; printf %s {{ x }}",
            "# it's a \"comment with {{x}}\nprintf %s \"{{x}}\"",
            "printf %s \"$ARGUMENTS\""
        }) {
            assertThat(run(template, value)).as(template).isEqualTo(value);
        }
        for (String template : new String[] {
            "echo \"$(echo \"{{x}}\")\"", "cat <<END\n{{x}}\nEND", "cat <<'END'\n{{x}}\nEND", "echo `echo '{{x}}'`",
            "echo don't {{x}}", "echo \\'{{x}}\\\"{{x}}", "echo $ARGUMENTS", "echo $((1 + 1)) ${y:-'{{x}}'}"
        }) {
            run(template, value);
        }
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void aValueIsOneWord() throws Exception {
        assertThat(run("for word in {{x}} a{{x}}b; do echo \"[$word]\"; done", "one  two"))
                .isEqualTo("[one  two]\n[aone  twob]\n");
    }

    @Test
    void aCommandGetsNoPreambleAndNoTaskItDoesNotMention() {
        Phase phase = Yaml.good(Yaml.phase("run: make test\n")).phases().get(0);

        assertThat(Prompt.assemble(phase, new Prompt.Values("e", "w", "", Map.of(), Map.of(), "task", "/workspace")))
                .isEqualTo("make test");
    }
}
