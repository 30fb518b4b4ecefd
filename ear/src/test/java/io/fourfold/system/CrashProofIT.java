package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.bench.CrashProof;
import org.junit.jupiter.api.Test;

/** The short form of what {@code io.fourfold.bench.CrashProof} does a hundred times. */
class CrashProofIT {

    private static final long SEED = 3;

    @Test
    void whateverIsKilledNothingAcknowledgedIsLostAndNoVersionIsMissingOrTwice() throws Exception {
        CrashProof.Report report = CrashProof.run(Cli.HOME.resolve("ear/target/server"), 2, 1, SEED);

        assertThat(report.acknowledged()).as("seed %d", SEED).isPositive();
        assertThat(report.isClean()).as("seed %d: %s", SEED, report).isTrue();
    }
}
