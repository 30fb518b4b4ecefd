package io.fourfold.audit;

/**
 * Something that is not as it was written.
 *
 * @param position the record's, 0 when none can be named
 * @param thread   the record's, null when it cannot be read
 * @param fault    what was expected and what is there
 * @param stored   the id that is stored, null when that is not the point
 * @param computed the id that the stored fields have, null when that is not the point
 */
public record Finding(long position, String thread, String fault, String stored, String computed) {

    static Finding of(StoredRow row, String fault) {
        return new Finding(row.position(), row.thread(), fault, null, null);
    }
}
