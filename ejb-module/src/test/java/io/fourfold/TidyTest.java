package io.fourfold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java file of the repository is tidy; each rule has something planted that it must catch. */
class TidyTest {

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(".git"))) {
            at = at.getParent();
        }
        assumeTrue(at != null, "this is no git repository, so nobody can say which files belong to it");
        return at;
    }

    private static List<String> tracked(Path root) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "-C", root.toString(), "ls-files", "-z", "--", "*.java")
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(git.waitFor() == 0, "git cannot list the files here: " + said);
        return Stream.of(said.split("\0")).filter(f -> !f.isEmpty()).toList();
    }

    @Test
    void everyJavaFileIsTidy() throws Exception {
        Path root = root();
        List<String> faults = new ArrayList<>();
        List<String> files = tracked(root);
        assertThat(files).hasSizeGreaterThan(300);
        for (String file : files) {
            if (Files.exists(root.resolve(file))) {
                faults.addAll(Tidy.faults(file, Files.readString(root.resolve(file))));
            }
        }
        assertThat(faults).isEmpty();
    }

    static Stream<Arguments> planted() {
        String body = "        int x = 1;\n".repeat(Tidy.METHOD_LINES_MAX);
        return Stream.of(
                Arguments.of("x".repeat(Tidy.COLUMNS_MAX + 1) + "\n", "A.java:1 has more than 120 columns"),
                Arguments.of("a\n\tb\n", "A.java:2 has a tab"),
                Arguments.of("a \n", "A.java:1 ends with a space"),
                Arguments.of("// TO" + "DO later\n", "A.java:1 puts work off"),
                Arguments.of("// FIX" + "ME\n", "A.java:1 puts work off"),
                Arguments.of("a", "A.java:1 does not end with one line end"),
                Arguments.of("a\n\n", "A.java:3 does not end with one line end"),
                Arguments.of("a\n".repeat(Tidy.FILE_LINES_MAX + 1), "A.java:250 has more than 250 lines"),
                Arguments.of(
                        "class A {\n    void b() throws C {\n" + body + "    }\n}\n",
                        "A.java:2 begins a method of more than 50 lines"),
                Arguments.of(
                        "class A {\n    B b = new B() {\n    void b() {\n" + body + "    }\n};\n}\n",
                        "A.java:3 begins a method of more than 50 lines"));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void whatIsUntidyIsCaught(String text, String fault) {
        assertThat(Tidy.faults("A.java", text)).containsExactly(fault);
    }

    @Test
    void bracesInTextAndLongTypesAreNoLongMethods() {
        String text = "class A {\n    void b() {\n        String c = \"{\";\n        char d = '{'; // {\n    }\n"
                + "    int x = 1;\n".repeat(Tidy.METHOD_LINES_MAX) + "}\n";
        assertThat(Tidy.faults("A.java", text)).isEmpty();
    }
}
