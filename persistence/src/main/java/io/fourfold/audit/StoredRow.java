package io.fourfold.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.log.Act;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.EntryJson;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * A record as it lies in a table, a file or an answer: nothing is checked and nothing repaired on the way in, so that
 * what was changed shows. The body is the very text that is stored.
 *
 * @param id       hexadecimal, as stored
 * @param parents  hexadecimal, in the order stored
 * @param judgedBy hexadecimal or null
 * @param kind     as stored beside the body; null when the source does not say
 */
public record StoredRow(
        long position,
        long version,
        String id,
        String thread,
        String actor,
        long clock,
        String act,
        String dataType,
        List<String> parents,
        String judgedBy,
        String namespace,
        String kind,
        String body,
        Instant recordedAt) {

    public StoredRow {
        parents = List.copyOf(parents);
    }

    /**
     * One line as {@link EntryJson} writes it.
     *
     * @throws InvalidRecord naming the field that is missing or of the wrong type
     */
    public static StoredRow parse(String line) {
        try {
            return RowReader.read(line);
        } catch (JsonProcessingException broken) {
            throw new InvalidRecord("", "expected one JSON object, but " + broken.getOriginalMessage());
        } catch (DateTimeException notATime) {
            throw new InvalidRecord("recorded_at", "expected an instant, but " + notATime.getMessage());
        }
    }

    /** The id that these fields have, whatever the stored one is. */
    public String computedId() {
        String ids = parents.isEmpty() ? "[]" : "[\"" + String.join("\",\"", parents) + "\"]";
        String text = "{\"act\":\"" + act + "\",\"actor\":\"" + actor + "\",\"body\":" + body + ",\"clock\":" + clock
                + ",\"data_type\":\"" + dataType + "\",\"parents\":" + ids + ",\"thread\":\"" + thread + "\"}";
        return EntryId.of(Merkle.sha256(text.getBytes(StandardCharsets.UTF_8))).hex();
    }

    /** The same with its body in canonical form, for texts that were laid out anew on their way here. */
    public StoredRow canonical() {
        return withBody(CanonicalJson.of(body));
    }

    StoredRow withBody(String text) {
        return new StoredRow(
                position,
                version,
                id,
                thread,
                actor,
                clock,
                act,
                dataType,
                parents,
                judgedBy,
                namespace,
                kind,
                text,
                recordedAt);
    }

    /**
     * As the log knows it. The body is taken for canonical: compare {@link #computedId} with {@link #id} first.
     *
     * @throws InvalidRecord naming the first field no record may have
     */
    public Entry entry() {
        return new Entry(position, version, new EntryId(id), draft(), namespace, recordedAt);
    }

    private Draft draft() {
        return new Draft(
                parents.stream().map(EntryId::new).toList(),
                new ThreadId(thread),
                new Did(actor),
                oneOf(Act.class, "act", act),
                Json.canonical(body),
                clock,
                oneOf(DataType.class, "data_type", dataType),
                judgedBy == null ? null : new EntryId(judgedBy));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String field, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidRecord(field, "expected one of " + List.of(type.getEnumConstants()) + ", but was " + name);
    }
}
