package io.fourfold.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * So many executions at once for so long, with people who look on, and a server that is killed in the middle: recorded
 * sessions of agents are played on a whole server, and in the end everything they did must be there, once. Arguments:
 * {@code --executions N} (20), {@code --minutes N} (30), {@code --admit-seconds N} (300, for all of them to run at
 * once), {@code --execution-seconds N} (60, how long each takes), {@code --restart BOOLEAN} (true), {@code --home
 * FOLDER} (where {@code fourfold-server.jar} lies), {@code --recordings FOLDER}. Exit 1 when an aim is missed.
 */
public final class NorthStar {

    private static final String HOME = "ear/target/server";
    static final String RECORDINGS = "../shared/fixtures/agent-recordings";

    /**
     * What is asked for.
     *
     * @param seconds          for which executions that end are followed by new ones
     * @param admitSeconds     for all of them to run at once
     * @param executionSeconds how long one takes
     */
    public record Plan(int atOnce, int seconds, int admitSeconds, int executionSeconds, boolean restart) {}

    /**
     * What was found.
     *
     * @param admittedSeconds until the last of the first ones had started
     * @param peak            the most that were running together
     * @param lost            acknowledged, and not there or not completed in the end
     * @param stuck           not over long after they should have been
     * @param wrongSessions   sessions that were seen to do more or less than was recorded
     * @param wrongStreams    live streams that told more or less than was recorded
     * @param failures        requests that failed while the server was there
     */
    public record Report(
            double admittedSeconds,
            int peak,
            int acknowledged,
            int ended,
            int lost,
            int stuck,
            long eventsExpected,
            long eventsFound,
            int wrongSessions,
            int streams,
            int wrongStreams,
            int failures) {
        public boolean isClean() {
            return lost == 0
                    && stuck == 0
                    && failures == 0
                    && wrongSessions == 0
                    && wrongStreams == 0
                    && eventsFound == eventsExpected;
        }
    }

    private NorthStar() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        Plan plan = new Plan(
                options.number("--executions", 20),
                options.number("--minutes", 30) * 60,
                options.number("--admit-seconds", 300),
                options.number("--execution-seconds", 60),
                Boolean.parseBoolean(options.values().getOrDefault("--restart", "true")));
        Path home = Path.of(options.values().getOrDefault("--home", HOME));
        Path recordings = Path.of(options.values().getOrDefault("--recordings", RECORDINGS));
        Report report = run(home, recordings, plan);
        System.exit(report.isClean() && report.admittedSeconds() <= plan.admitSeconds() ? 0 : 1);
    }

    /** Prints the figures, too. */
    public static Report run(Path home, Path recordings, Plan plan) throws Exception {
        Recordings played = Recordings.read(recordings, plan.executionSeconds());
        Path folder = Files.createTempDirectory("fourfold-northstar-");
        try (Postgres postgres = Postgres.open(null);
                Server server = Server.start(
                        home,
                        folder,
                        postgres.url(),
                        Map.of("FOURFOLD_EXECUTIONS_MAX", Integer.toString(plan.atOnce())));
                Crowd crowd = new Crowd(server, postgres.url(), played, plan)) {
            Report report = crowd.run();
            print(plan, report, crowd);
            return report;
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void print(Plan plan, Report report, Crowd crowd) {
        Sheet sheet = new Sheet(System.out);
        sheet.title(plan.atOnce() + " executions at once");
        sheet.judge("all admitted within", report.admittedSeconds(), " s", plan.admitSeconds(), false);
        System.out.printf(
                Locale.ROOT,
                "  most running together %,d; acknowledged %,d, ended %,d%n",
                report.peak(),
                report.acknowledged(),
                report.ended());
        sheet.judge("lost", report.lost(), "", 0, false);
        sheet.judge("stuck", report.stuck(), "", 0, false);
        System.out.printf(
                Locale.ROOT,
                "  events expected %,d, found %,d; live streams %,d, wrong %,d; requests failed %,d%n",
                report.eventsExpected(),
                report.eventsFound(),
                report.streams(),
                report.wrongStreams(),
                report.failures());
        sheet.judge("sessions with other events than recorded", report.wrongSessions(), "", 0, false);
        print(sheet, "list", crowd.readers().list());
        print(sheet, "detail", crowd.readers().detail());
        System.out.printf(
                Locale.ROOT,
                "  server: at most %,d MiB resident, %s; load in the middle %.1f, now %.1f%n",
                crowd.residentMiB(),
                plan.restart() ? String.format(Locale.ROOT, "away for %.1f s", crowd.awaySeconds()) : "not restarted",
                crowd.load(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void print(Sheet sheet, String what, Measured measured) {
        System.out.printf(
                Locale.ROOT,
                "  %s: %,d requests, p50 %.1f ms, p99 %.1f ms%n",
                what,
                measured.nanos().length,
                measured.micros(0.50) / 1e3,
                measured.micros(0.99) / 1e3);
        sheet.judge(what + " p95", measured.micros(0.95) / 1e3, " ms", 500, false);
    }
}
