package io.fourfold.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Conditions of a list: column and value; those without a value are left out. */
public final class Where {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final StringJoiner conditions = new StringJoiner(" and ", " where ", "").setEmptyValue("");

    /** Equal to the value, or to one of a list. */
    public Where is(String field, Object value) {
        return and(field, value instanceof List ? "in" : "=", field, value);
    }

    public Where after(String field, Instant time) {
        return and(field, ">", field + "After", time);
    }

    public Where before(String field, Instant time) {
        return and(field, "<", field + "Before", time);
    }

    /** In the order of texts; days are texts. */
    public Where from(String field, String least) {
        return and(field, ">=", field + "From", least);
    }

    public Where isNull(String field) {
        conditions.add("r." + field + " is null");
        return this;
    }

    /** In one of these namespaces or below; empty for no limit. */
    public Where within(String field, List<String> namespaces) {
        StringJoiner any = new StringJoiner(" or ", "(", ")");
        for (int i = 0; i < namespaces.size(); i++) {
            any.add("r." + field + " = :own" + i + " or r." + field + " like :below" + i + " escape '!'");
            values.put("own" + i, namespaces.get(i));
            values.put("below" + i, Views.escaped(namespaces.get(i)) + "/%");
        }
        if (!namespaces.isEmpty()) {
            conditions.add(any.toString());
        }
        return this;
    }

    /** Of executions: those that have to do with one of these; null for all. */
    public Where onRepositories(List<String> repositories) {
        if (repositories != null) {
            conditions.add("exists (select c from RepoCorrelationRow c where c.executionId = r.id"
                    + " and c.repository in :repositories)");
            values.put("repositories", repositories);
        }
        return this;
    }

    private Where and(String field, String relation, String name, Object value) {
        if (value != null && !value.equals("")) {
            conditions.add("r." + field + " " + relation + " :" + name);
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }

    String text() {
        return conditions.toString();
    }
}
