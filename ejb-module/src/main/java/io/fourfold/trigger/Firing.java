package io.fourfold.trigger;

import java.time.Instant;

/**
 * An event that a trigger's conditions let through: what its guards decide on.
 *
 * @param trigger    its id, as {@link TriggerFirings#idOf} makes it
 * @param event      the id of the record; null when it is a time of a schedule
 * @param due        that time; null when it is a record
 * @param position   of the record in the log; 0 for a time
 * @param subject    what it is about, see {@link Subjects}
 * @param depth      of triggers that led to it, this one included: 1 when none did
 * @param definition the record that defines the trigger
 * @param settled    whether it waited for its debounce to pass
 */
public record Firing(
        String trigger,
        String event,
        Instant due,
        long position,
        String subject,
        int depth,
        String definition,
        boolean settled) {

    /** When it counts as having happened: late, a schedule still fires as of its times. */
    Instant moment(Instant now) {
        return due == null ? now : due;
    }

    Firing settle() {
        return new Firing(trigger, event, due, position, subject, depth, definition, true);
    }
}
