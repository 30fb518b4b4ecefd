package io.fourfold.query.sql;

import io.fourfold.log.Entry;
import io.fourfold.query.Filter;
import io.fourfold.query.FilterSql;
import io.fourfold.query.FilterSql.Parameter;
import io.fourfold.query.Query;
import io.fourfold.query.Query.Order;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Answers questions to the log, each on one snapshot of it. */
public final class RecordSearch {

    /** One statement may take so long. */
    public static final int STATEMENT_TIMEOUT_MILLIS = 10_000;

    /** Characters of bodies in one answer; what goes beyond is in the next. At least one record is always given. */
    public static final int ANSWER_CHARS_MAX = 16 * 1024 * 1024;

    private static final int FETCH_ROWS = 100;

    /**
     * A page.
     *
     * @param last  the position to go on from; empty at the end
     * @param total how many match, at most {@link Query#COUNT_MAX}; null when nobody asked
     */
    public record Found(List<Entry> entries, OptionalLong last, Integer total) {}

    /** A thread and the position of its last record. */
    public record Last(String thread, long position) {}

    private final Statements statements;

    public RecordSearch(DataSource source) {
        this(source, STATEMENT_TIMEOUT_MILLIS);
    }

    RecordSearch(DataSource source, int timeoutMillis) {
        statements = new Statements(source, timeoutMillis);
    }

    /**
     * The page a query asks for.
     *
     * @throws QueryTimeout when it takes too long
     */
    public Found find(Query query) {
        return statements.read(connection -> {
            Sql sql = select(query);
            Found page = Statements.query(
                    connection, sql.text(), sql.parameters(), FETCH_ROWS, rows -> page(rows, query.limit()));
            return query.count() ? new Found(page.entries(), page.last(), count(connection, query.filter())) : page;
        });
    }

    /** How PostgreSQL would go about it; nothing is carried out. */
    public QueryPlan explain(Query query) {
        Sql sql = select(query);
        return statements.read(connection -> new QueryPlan(Statements.query(
                connection, "explain (costs off) " + sql.text(), sql.parameters(), FETCH_ROWS, rows -> {
                    List<String> lines = new ArrayList<>();
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                    return lines;
                })));
    }

    /** How many match, at most {@link Query#COUNT_MAX}. */
    public int count(Filter filter) {
        return statements.read(connection -> count(connection, filter));
    }

    /** Threads with matching records, the lately used first; only such whose last one is below {@code below}. */
    public List<Last> threads(Filter filter, long below, int limit) {
        FilterSql.Condition condition = FilterSql.of(filter);
        String sql = "select thread, max(position) as last from log_entry where " + condition.text()
                + " group by thread having max(position) < ? order by last desc limit ?";
        List<Parameter> parameters = new ArrayList<>(condition.parameters());
        parameters.add(new Parameter(below, null));
        parameters.add(new Parameter(limit, null));
        return statements.read(connection -> Statements.query(connection, sql, parameters, FETCH_ROWS, rows -> {
            List<Last> threads = new ArrayList<>();
            while (rows.next()) {
                threads.add(new Last(rows.getString("thread"), rows.getLong("last")));
            }
            return threads;
        }));
    }

    private record Sql(String text, List<Parameter> parameters) {}

    private static Sql select(Query query) {
        FilterSql.Condition condition = FilterSql.of(query.filter());
        List<Parameter> parameters = new ArrayList<>(condition.parameters());
        StringBuilder text = new StringBuilder("select ").append(EntryColumns.ALL);
        text.append(" from log_entry where ").append(condition.text());
        query.from().ifPresent(from -> {
            text.append(query.order() == Order.ASC ? " and position > ?" : " and position < ?");
            parameters.add(new Parameter(from, null));
        });
        text.append(query.order() == Order.ASC ? " order by position" : " order by position desc");
        text.append(" limit ?");
        parameters.add(new Parameter(query.limit() + 1, null));
        return new Sql(text.toString(), parameters);
    }

    private static Found page(ResultSet rows, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        long chars = 0;
        while (rows.next()) {
            if (entries.size() == limit || chars > ANSWER_CHARS_MAX) {
                long last = entries.get(entries.size() - 1).position();
                return new Found(entries, OptionalLong.of(last), null);
            }
            Entry entry = EntryColumns.read(rows);
            chars += entry.body().canonical().length();
            entries.add(entry);
        }
        return new Found(entries, OptionalLong.empty(), null);
    }

    private static int count(Connection connection, Filter filter) throws SQLException {
        FilterSql.Condition condition = FilterSql.of(filter);
        List<Parameter> parameters = new ArrayList<>(condition.parameters());
        parameters.add(new Parameter(Query.COUNT_MAX, null));
        String sql = "select count(*) from (select from log_entry where " + condition.text() + " limit ?) matching";
        return Statements.query(connection, sql, parameters, 0, rows -> {
            rows.next();
            return rows.getInt(1);
        });
    }
}
