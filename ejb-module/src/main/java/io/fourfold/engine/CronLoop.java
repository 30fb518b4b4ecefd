package io.fourfold.engine;

import io.fourfold.kit.Minted;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * CRON, hours: runs each job once a day at its time, UTC; one that was missed runs at the next turn of the same day.
 * The result is a record on a thread that follows from job and day, which is also how a job knows that it has run.
 */
public final class CronLoop implements Loop {

    static final Did ACTOR = new Did("did:fourfold:system:cron");

    /** What a job found, as the body of its record. */
    public interface Work {
        Json result(Instant now);
    }

    /** One job: a row in the list. */
    public record Job(String name, LocalTime dailyAt, Work work) {}

    private final Log log;
    private final Function<Append, Receipt> inlet;
    private final List<Job> jobs;

    public CronLoop(Log log, Function<Append, Receipt> inlet, List<Job> jobs) {
        this.log = log;
        this.inlet = inlet;
        this.jobs = List.copyOf(jobs);
    }

    @Override
    public String name() {
        return "cron";
    }

    /** The number of jobs that ran. */
    @Override
    public int turn(Instant now) {
        int ran = 0;
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (Job job : jobs) {
            boolean due = !LocalTime.ofInstant(now, ZoneOffset.UTC).isBefore(job.dailyAt());
            ThreadId thread = Minted.thread("task", List.of(job.name(), today.toString()));
            if (due && log.thread(thread, 0, 1).isEmpty()) {
                Json body = job.work().result(now);
                inlet.apply(Append.of(new Draft(List.of(), thread, ACTOR, Act.KNOW, body, 0L, DataType.SCALAR, null)));
                ran++;
            }
        }
        return ran;
    }
}
