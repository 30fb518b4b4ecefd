package io.fourfold.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When something is due: a cron expression of five fields, as cron(5) has them, in a time zone. */
public final class Schedule {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** What is never due is not due after this either: a whole cycle of the calendar is ahead. */
    private static final LocalDateTime ANY_DAY = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final String cron;
    private final ZoneId zone;
    private final ExecutionTime times;

    private Schedule(String cron, ZoneId zone, ExecutionTime times) {
        this.cron = cron;
        this.zone = zone;
        this.times = times;
    }

    /**
     * @throws IllegalArgumentException when the expression is not of this form, or names no day there is
     */
    public static Schedule of(String cron, ZoneId zone) {
        ExecutionTime times = ExecutionTime.forCron(PARSER.parse(cron).validate());
        if (times.nextExecution(ANY_DAY.atZone(ZoneOffset.UTC)).isEmpty()) {
            throw new IllegalArgumentException("There is no such day");
        }
        return new Schedule(cron, zone, times);
    }

    static Schedule read(Fields fields) {
        String cron = fields.text("schedule").strip();
        ZoneId zone = zone(fields);
        try {
            return of(cron, zone);
        } catch (IllegalArgumentException wrong) {
            throw fields.wrong("schedule", "minute, hour, day of the month, month, day of the week: " + words(wrong));
        }
    }

    private static String words(IllegalArgumentException wrong) {
        return wrong.getMessage().replace("Failed to parse cron expression. ", "");
    }

    private static ZoneId zone(Fields fields) {
        try {
            return ZoneId.of(fields.optionalText("zone").orElse("UTC"));
        } catch (DateTimeException unknown) {
            throw fields.wrong("zone", "a time zone such as UTC or Europe/Berlin");
        }
    }

    public String cron() {
        return cron;
    }

    public ZoneId zone() {
        return zone;
    }

    /** Whether its hour field begins with a star: such a schedule names no time of the day. */
    public boolean isOfAnyHour() {
        return cron.split("\\s+")[1].startsWith("*");
    }

    /** The last time on a wall clock before this one when it is due, were there no changes of clocks. */
    public Optional<LocalDateTime> before(LocalDateTime moment) {
        return times.lastExecution(moment.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule same && cron.equals(same.cron) && zone.equals(same.zone);
    }

    @Override
    public int hashCode() {
        return 31 * cron.hashCode() + zone.hashCode();
    }

    @Override
    public String toString() {
        return cron + " " + zone;
    }
}
