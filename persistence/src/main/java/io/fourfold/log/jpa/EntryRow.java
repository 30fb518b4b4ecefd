package io.fourfold.log.jpa;

import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One row of the log; nobody changes it, the database itself would refuse. */
@Entity
@Table(name = "log_entry")
@NamedQuery(
        name = EntryRow.AFTER,
        query = "select e from EntryRow e where e.position > :position order by e.position",
        hints = {
            @QueryHint(name = EntryRow.READ_ONLY, value = "true"),
            @QueryHint(name = EntryRow.MAX_ROWS, value = EntryRow.ANY)
        })
@NamedQuery(
        name = EntryRow.THREAD,
        query = "select e from EntryRow e where e.thread = :thread and e.version >= :version order by e.version",
        hints = {
            @QueryHint(name = EntryRow.READ_ONLY, value = "true"),
            @QueryHint(name = EntryRow.MAX_ROWS, value = EntryRow.ANY)
        })
@NamedQuery(
        name = EntryRow.BY_ID,
        query = "select e from EntryRow e where e.id in :ids",
        hints = @QueryHint(name = EntryRow.READ_ONLY, value = "true"))
@NamedQuery(name = EntryRow.HEAD, query = "select max(e.position) from EntryRow e")
class EntryRow {

    static final String AFTER = "log.after";
    static final String THREAD = "log.thread";
    static final String BY_ID = "log.byId";
    static final String HEAD = "log.head";

    static final String READ_ONLY = "eclipselink.read-only";
    static final String MAX_ROWS = "eclipselink.jdbc.max-rows";

    /** Some limit, so that the SQL is made with one once, and not anew for each query that sets its own. */
    static final String ANY = "1000";

    private static final int ID_BYTES = 32;

    @Id
    private long position;

    private byte[] id;
    private String thread;
    private long version;
    private String actor;
    private long clock;

    @Enumerated(EnumType.STRING)
    private Act act;

    @Enumerated(EnumType.STRING)
    @Column(name = "data_type")
    private DataType dataType;

    private byte[] parents;

    @Column(name = "judged_by")
    private byte[] judgedBy;

    private String namespace;
    private String body;

    @Column(name = "recorded_at")
    private OffsetDateTime recordedAt;

    protected EntryRow() {}

    Entry entry() {
        Draft draft = new Draft(
                ids(parents),
                new ThreadId(thread),
                new Did(actor),
                act,
                Json.canonical(body),
                clock,
                dataType,
                judgedBy == null ? null : EntryId.of(judgedBy));
        return new Entry(position, version, EntryId.of(id), draft, namespace, recordedAt.toInstant());
    }

    private static List<EntryId> ids(byte[] concatenated) {
        List<EntryId> ids = new ArrayList<>(concatenated.length / ID_BYTES);
        for (int at = 0; at < concatenated.length; at += ID_BYTES) {
            ids.add(EntryId.of(Arrays.copyOfRange(concatenated, at, at + ID_BYTES)));
        }
        return ids;
    }
}
