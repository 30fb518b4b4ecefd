package io.fourfold.query.sql;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A plan as PostgreSQL words it, line by line. */
public record QueryPlan(List<String> lines) {

    private static final Pattern INDEX =
            Pattern.compile("(?:Index Scan|Index Only Scan)(?: Backward)? using (\\S+)|Bitmap Index Scan on (\\S+)");

    public QueryPlan {
        lines = List.copyOf(lines);
    }

    /** The indexes it uses, in order of appearance. */
    public List<String> indexes() {
        return lines.stream()
                .flatMap(line -> INDEX.matcher(line).results())
                .map(QueryPlan::name)
                .distinct()
                .toList();
    }

    private static String name(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
