package io.fourfold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberFormTest {

    private static final int DOUBLES = 100_000;
    private static final int SUBNORMALS = 2_000;
    private static final long SEED = 262;
    private static final String SCRIPT = "const f=require('fs');f.writeFileSync(process.argv[2],"
            + "f.readFileSync(process.argv[1],'utf8').trim().split('\\n').map(h=>{"
            + "const b=Buffer.from(h,'hex');return JSON.stringify(b.readDoubleBE(0))}).join('\\n'))";

    @TempDir
    Path folder;

    @Test
    void nodePrintsTheSameDigitsForRandomDoubles() throws Exception {
        assumeTrue(nodeAnswers(), "node is not installed: no second opinion on number form");
        List<Double> doubles = doubles();
        Path given = folder.resolve("given");
        Path printed = folder.resolve("printed");
        Files.write(
                given,
                doubles.stream()
                        .map(d -> "%016x".formatted(Double.doubleToRawLongBits(d)))
                        .toList());

        run(new ProcessBuilder("node", "-e", SCRIPT, given.toString(), printed.toString()));

        List<String> theirs = Files.readAllLines(printed);
        assertThat(theirs).hasSameSizeAs(doubles);
        for (int i = 0; i < theirs.size(); i++) {
            assertThat(NumberForm.of(doubles.get(i)))
                    .as("seed %d, double %d", SEED, i)
                    .isEqualTo(theirs.get(i));
            assertThat(NumberForm.canonical(theirs.get(i))).isEqualTo(theirs.get(i));
        }
    }

    private static List<Double> doubles() {
        Random random = new Random(SEED);
        List<Double> doubles = new ArrayList<>(List.of(0.0, -0.0, Double.MAX_VALUE, Double.MIN_NORMAL));
        for (int i = 1; i < SUBNORMALS; i++) {
            doubles.add(i * Double.MIN_VALUE);
        }
        while (doubles.size() < DOUBLES) {
            double bits = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(bits)) {
                doubles.add(bits);
            }
            doubles.add(random.nextInt() / 1000.0);
            doubles.add((double) (random.nextLong() >> random.nextInt(64)));
            doubles.add(Math.pow(10, random.nextInt(60) - 30) * (1 + random.nextInt(99)));
        }
        return doubles;
    }

    private static boolean nodeAnswers() throws InterruptedException {
        try {
            run(new ProcessBuilder("node", "--version"));
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
