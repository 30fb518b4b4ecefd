package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.bench.NorthStar;
import org.junit.jupiter.api.Test;

/** The short form of what {@code io.fourfold.bench.NorthStar} does for half an hour. */
class NorthStarIT {

    private static final NorthStar.Plan PLAN = new NorthStar.Plan(6, 20, 300, 10, true);

    @Test
    void executionsOnAServerThatIsKilledAllEndAndNothingTheirAgentsDidIsMissingOrTwice() throws Exception {
        NorthStar.Report report =
                NorthStar.run(Cli.HOME.resolve("ear/target/server"), Shared.file("fixtures/agent-recordings"), PLAN);

        assertThat(report.peak()).as("%s", report).isEqualTo(PLAN.atOnce());
        assertThat(report.ended()).as("%s", report).isGreaterThan(PLAN.atOnce());
        assertThat(report.eventsFound()).as("%s", report).isPositive();
        assertThat(report.isClean()).as("%s", report).isTrue();
    }
}
