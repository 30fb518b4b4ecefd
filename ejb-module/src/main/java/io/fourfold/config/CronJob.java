package io.fourfold.config;

import java.util.List;

/** When a job of CRON runs. */
public record CronJob(String job, Schedule schedule) {

    /** What there is to run. */
    public static final List<String> JOBS = List.of(
            "trust-decay-report",
            "crystallize",
            "decrystallize",
            "snapshot",
            "daily-report",
            "decision-timeout",
            "retention",
            "rehash-audit",
            "tree-head");

    /** The job is the one of the record's name unless {@code job} names another. */
    static CronJob read(Fields fields) {
        String field = fields.has("job") ? "job" : "name";
        String job = fields.text(field);
        if (!JOBS.contains(job)) {
            throw fields.wrong(field, "one of " + String.join(", ", JOBS));
        }
        return new CronJob(job, Schedule.read(fields));
    }
}
