package io.fourfold.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something is due: a cron expression of five fields in a time zone. Only its shape is checked here. */
public record Schedule(String cron, ZoneId zone) {

    private record Part(String name, int least, int most) {}

    private static final List<Part> IN_ORDER = List.of(
            new Part("minute", 0, 59),
            new Part("hour", 0, 23),
            new Part("day of the month", 1, 31),
            new Part("month", 1, 12),
            new Part("day of the week", 0, 7));

    /** {@code *}, {@code 5}, {@code 1-5}, each also with a step: {@code *}{@code /15}. */
    private static final Pattern ITEM = Pattern.compile("(?:\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/([1-9]\\d?))?");

    static Schedule read(Fields fields) {
        String cron = fields.text("schedule").strip();
        String[] parts = cron.split("\\s+");
        if (parts.length != IN_ORDER.size()) {
            throw fields.wrong("schedule", "five fields: minute, hour, day of the month, month, day of the week");
        }
        for (int i = 0; i < parts.length; i++) {
            Part part = IN_ORDER.get(i);
            for (String item : parts[i].split(",", -1)) {
                if (!fits(item, part)) {
                    throw fields.wrong(
                            "schedule",
                            "a " + part.name() + " of " + part.least() + " to " + part.most() + ", * or */n");
                }
            }
        }
        return new Schedule(cron, zone(fields));
    }

    private static boolean fits(String item, Part part) {
        Matcher matcher = ITEM.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        if (matcher.group(1) == null) {
            return true;
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        return part.least() <= from && from <= to && to <= part.most();
    }

    private static ZoneId zone(Fields fields) {
        try {
            return ZoneId.of(fields.optionalText("zone").orElse("UTC"));
        } catch (DateTimeException unknown) {
            throw fields.wrong("zone", "a time zone such as UTC or Europe/Berlin");
        }
    }
}
