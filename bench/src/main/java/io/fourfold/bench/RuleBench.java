package io.fourfold.bench;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Bindings;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Routable;
import io.fourfold.routing.RuleIndex;
import io.fourfold.routing.Situation;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** What a rule costs: one, a thousand in a row, a new one, one that wants to cost too much. {@code --only NAME,…} */
public final class RuleBench {

    private static final int RULES = 1_000;

    private static final String RULE = "record.act == 'INTEND' && record.body.domain == 'code' && record.body.size > %d"
            + " && record.body.labels.exists(l, l == 'urgent')";

    private static final String BODY = "{\"goal\":\"mend the build\",\"domain\":\"code\",\"size\":7,"
            + "\"labels\":[\"build\",\"urgent\"],\"kind\":\"k999\"}";

    private static final String HOSTILE = "[1,2,3,4,5,6,7,8,9,0].map(a, [1,2,3,4,5,6,7,8,9,0].map(b,"
            + " [1,2,3,4,5,6,7,8,9,0].map(c, [1,2,3,4,5,6,7,8,9,0].map(d, a * b * c * d)))).size() < 0";

    private final Sheet sheet = new Sheet(System.out);
    private final Expressions expressions = new Expressions();
    private final Entry entry = entry(0, new ThreadId("th_bench.rule"), Act.INTEND, BODY);

    private RuleBench() {}

    public static void main(String[] arguments) throws Exception {
        RuleBench bench = new RuleBench();
        Map<String, Options.Part> parts = new LinkedHashMap<>();
        parts.put("one", bench::one);
        parts.put("thousand", bench::thousand);
        parts.put("compile", bench::compile);
        parts.put("hostile", bench::hostile);
        Options.of(arguments).run(parts);
    }

    private static Entry entry(long position, ThreadId thread, Act act, String body) {
        Draft draft = Draft.of(thread, new Did("did:fourfold:agent:bench"), act, Json.parse(body))
                .withClock(position);
        return new Entry(position + 1, position, RecordHash.id(draft), draft, "default", Instant.EPOCH);
    }

    private void one() throws Exception {
        sheet.title("One rule of four terms, warm");
        Expression rule = expressions.compile(Context.ROUTING, RULE.formatted(5));
        Map<String, Object> variables = Map.of("record", Bindings.record(entry));
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        calls.put("rule", caller -> expect(rule.holds(variables, Facts.NONE)));
        calls.put("and bindings", caller -> expect(rule.holds(Map.of("record", Bindings.record(entry)), Facts.NONE)));
        Map<String, Measured> all = sheet.measure(1, 1, calls);
        sheet.judge("p50", all.get("rule").micros(0.5), " µs", 2, false);
    }

    private void thousand() throws Exception {
        sheet.title(RULES + " rules in order of priority, the last one holds");
        Map<String, Measured.Call> calls = new LinkedHashMap<>();
        calls.put("by kind", cascade(i -> "record.body.kind == 'k" + i + "' && " + RULE.formatted(i % 7)));
        calls.put("all alike", cascade(i -> RULE.formatted(i == RULES - 1 ? 5 : 1_000 + i)));
        Map<String, Measured> all = sheet.measure(1, 1, calls);
        sheet.judge("p99, each rule of a kind", all.get("by kind").micros(0.99), " µs", 300, false);
        sheet.judge("p99, every rule to be asked", all.get("all alike").micros(0.99), " µs", 300, false);
    }

    private Measured.Call cascade(IntFunction<String> expression) {
        Log log = new MemoryLog(Clock.systemUTC());
        for (int i = 0; i < RULES; i++) {
            Json body = Json.parse("{\"topic\":\"routing_rule\",\"name\":\"r" + i
                    + "\",\"target\":\"did:x:y\",\"expression\":\"" + expression.apply(i) + "\",\"priority\":"
                    + (RULES - i) + "}");
            log.append(List.of(
                    Append.of(Draft.of(EngineConfig.THREAD, entry.draft().actor(), Act.LEARN, body))));
        }
        EngineConfigs configs = new EngineConfigs(log, expressions);
        configs.catchUp();
        Situation situation = new Situation(
                new RuleIndex(configs.current().routingRules()),
                RULES,
                record -> Facts.NONE,
                record -> Optional.empty(),
                domain -> Optional.empty(),
                false);
        Cascade cascade = new Cascade(System::nanoTime);
        return caller -> expect(
                cascade.route(Routable.of(entry), situation, "dsp-1").rule().endsWith("r" + (RULES - 1)));
    }

    private void compile() throws Exception {
        sheet.title("Compiling a rule that is not known yet");
        AtomicLong number = new AtomicLong();
        Measured measured = sheet.measure(
                        1,
                        1,
                        Map.of(
                                "compile",
                                caller -> expressions.compile(
                                        Context.ROUTING, RULE.formatted(1_000_000 + number.getAndIncrement()))))
                .get("compile");
        sheet.judge("p50", measured.micros(0.5), " µs", 1_000, false);
    }

    private void hostile() throws Exception {
        sheet.title("A rule that is stopped by its limit");
        Expression rule = expressions.compile(Context.ROUTING, HOSTILE);
        Measured measured =
                sheet.measure(1, 1, Map.of("stopped", caller -> stopped(rule))).get("stopped");
        sheet.judge("p99", measured.micros(0.99), " µs", 10_000, false);
    }

    private static void stopped(Expression rule) {
        try {
            rule.holds(Map.of(), Facts.NONE);
        } catch (IllegalStateException limit) {
            return;
        }
        throw new IllegalStateException("Expected a limit to end it, but it came to an answer");
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("Expected the rule to hold, but it did not");
        }
    }
}
