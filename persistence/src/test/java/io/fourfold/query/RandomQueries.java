package io.fourfold.query;

import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Random;

/** Records and filters made of few names and few values, so that they meet. */
public final class RandomQueries {

    private static final String[] NAMES = {"a", "b", "a.b", "a.0", "b.1", "a.b.c", "é", "$x.y"};
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "2",
        "10",
        "0.1",
        "1e+21",
        "1e-7",
        "1e+300",
        "5e-324",
        "\"\"",
        "\"1\"",
        "\"a\"",
        "\"B\"",
        "\"b\"",
        "\"é\"",
        "\"\uFB33\"",
        "\"\uD83D\uDE00\"",
        "\"null\"",
        "\"a\\\"'\\\\\\n\"",
        "[]",
        "[1]",
        "[0,\"a\"]",
        "{}",
        "{\"b\":1}",
        "{\"b\":{\"c\":\"a\"}}",
        "{\"0\":2}"
    };
    private static final String[] NAMESPACES = {"", "acme", "acme/shop", "acme_x", "acmeXx"};

    private RandomQueries() {}

    public static Draft draft(Random random) {
        StringBuilder body = new StringBuilder("{");
        for (String key : List.of("a", "b", "é", "$x")) {
            if (random.nextInt(4) > 0) {
                body.append(body.length() > 1 ? "," : "")
                        .append('"')
                        .append(key)
                        .append("\":");
                body.append(pick(random, VALUES));
            }
        }
        String namespace = pick(random, NAMESPACES);
        if (!namespace.isEmpty()) {
            body.append(body.length() > 1 ? "," : "").append("\"namespace\":\"" + namespace + "\"");
        }
        if (random.nextBoolean()) {
            body.append(body.length() > 1 ? "," : "").append("\"kind\":\"" + pick(random, "x.v1", "y.v1") + "\"");
        }
        return new Draft(
                List.of(),
                new ThreadId("th_" + pick(random, "one", "Two", "three")),
                new Did("did:a:" + pick(random, "x", "Y", "z")),
                pick(random, Act.values()),
                Json.parse(body.append('}').toString()),
                null,
                pick(random, DataType.values()),
                null);
    }

    public static String filter(Random random, List<Entry> entries, int depth) {
        if (depth < 3 && random.nextInt(3) == 0) {
            String one = filter(random, entries, depth + 1);
            String other = filter(random, entries, depth + 1);
            return switch (random.nextInt(3)) {
                case 0 -> "{\"$not\":" + one + "}";
                case 1 -> "{\"$and\":[" + one + "," + other + "]}";
                default -> "{\"$or\":[" + one + "," + other + "]}";
            };
        }
        return random.nextInt(3) == 0 ? column(random, pick(random, entries.toArray(Entry[]::new))) : body(random);
    }

    private static String body(Random random) {
        String value = pick(random, VALUES);
        String field = "{\"body." + pick(random, NAMES) + "\":";
        String scalar = value.startsWith("\"") || value.matches("[-0-9].*") ? value : "\"b\"";
        return field
                + switch (random.nextInt(6)) {
                    case 0 -> value;
                    case 1 -> "{\"$exists\":" + random.nextBoolean() + "}";
                    case 2 -> "{\"" + pick(random, "$in", "$nin") + "\":[" + value + "," + pick(random, VALUES) + "]}";
                    case 3 -> "{\"$not\":{\"$gte\":" + scalar + "}}";
                    case 4 -> "{\"" + pick(random, "$eq", "$ne") + "\":" + value + "}";
                    default -> "{\"" + relation(random) + "\":" + scalar + "}";
                }
                + "}";
    }

    private static String column(Random random, Entry known) {
        String operator = random.nextInt(3) == 0 ? pick(random, "$eq", "$ne") : relation(random);
        return switch (random.nextInt(10)) {
            case 0 -> term("thread", operator, quoted(known.thread().value()));
            case 1 -> term("actor", operator, quoted(known.draft().actor().value()));
            case 2 ->
                term(
                        "act",
                        pick(random, "$eq", "$ne"),
                        quoted(known.draft().act().name()));
            case 3 ->
                term("data_type", "$in", "[" + quoted(known.draft().dataType().name()) + ",\"VOID\"]");
            case 4 -> term("kind", operator, quoted(pick(random, "x.v1", "", "y")));
            case 5 -> term("namespace", operator, quoted(known.namespace()));
            case 6 -> term("position", operator, Long.toString(known.position()));
            case 7 -> term("version", "$nin", "[" + known.version() + ",1,2]");
            case 8 -> term("recorded_at", operator, quoted(known.recordedAt().toString()));
            default -> term("id", operator, quoted(known.id().hex()));
        };
    }

    private static String relation(Random random) {
        return pick(random, "$gt", "$gte", "$lt", "$lte");
    }

    private static String term(String field, String operator, String value) {
        return "{\"" + field + "\":{\"" + operator + "\":" + value + "}}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
