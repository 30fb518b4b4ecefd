package io.fourfold.log.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.audit.RowLine;
import io.fourfold.audit.StoredRow;
import io.fourfold.audit.jdbc.StoredRows;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class LogImportTest {

    private static final int RECORDS = 1_100;

    private TestJpa from;
    private TestJpa to;
    private Log source;
    private Log target;

    @BeforeEach
    void fill() {
        from = TestJpa.fresh();
        to = TestJpa.fresh();
        source = new JpaLog(from.source(), from.units(), Clock.systemUTC(), Durability.RELAXED);
        target = new JpaLog(to.source(), to.units(), Clock.systemUTC(), Durability.RELAXED);
        List<Append> group = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            Json body = Json.parse(
                    "{\"kind\":\"k\",\"namespace\":\"n\",\"n\":" + i + ",\"big\":1e+308,\"t\":\"ü\\u0007\"}");
            group.add(Append.of(new Draft(
                    i % 2 == 0 ? List.of() : List.of(EntryId.of(new byte[32])),
                    new ThreadId("th_" + i % 7),
                    new Did("did:x:y"),
                    Act.DO,
                    body,
                    null,
                    DataType.VOID,
                    i % 3 == 0 ? EntryId.of(new byte[32]) : null)));
        }
        source.append(group);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void importedEntriesAreTheSameAndTheLogGoesOnFromThere() {
        try (LogImport log = LogImport.into(to.source())) {
            lines().forEach(line -> log.add(StoredRow.parse(line).entry()));
            log.cursor("reconcile", 7);
            log.commit();
        }
        assertThat(all(target)).isEqualTo(all(source));
        assertThat(new CursorTable(to.source()).cursor("reconcile").load()).isEqualTo(7);
        Draft next = Draft.of(new ThreadId("th_1"), new Did("did:x:y"), Act.DO, Json.EMPTY);
        target.append(List.of(Append.of(next)));
        assertThat(target.head()).isEqualTo(RECORDS + 1);
    }

    @Test
    void whatWasNotCommittedIsNotThere() {
        try (LogImport log = LogImport.into(to.source())) {
            all(source).forEach(log::add);
        }
        assertThat(target.head()).isZero();
    }

    @Test
    void aLogThatHoldsAnythingIsRefused() {
        assertThatThrownBy(() -> LogImport.into(from.source()).close())
                .hasMessageContaining("Expected an empty log")
                .hasMessageContaining(String.valueOf(RECORDS));
        assertThat(source.head()).isEqualTo(RECORDS);
    }

    @Test
    void aLineIsWrittenAsTheDoorsWriteIt() {
        assertThat(lines()).isEqualTo(all(source).stream().map(EntryJson::of).toList());
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        new StoredRows(from.source()).each(0, RECORDS, new StoredRows.Reader() {
            @Override
            public void row(StoredRow row) {
                lines.add(RowLine.of(row));
            }

            @Override
            public void unreadable(long position, String why) {
                throw new AssertionError(position + ": " + why);
            }
        });
        return lines;
    }

    private static List<Entry> all(Log log) {
        List<Entry> all = new ArrayList<>(log.after(0, 1_000));
        all.addAll(log.after(1_000, 1_000));
        return all;
    }
}
