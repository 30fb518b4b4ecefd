package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.Change;
import io.fourfold.config.Changes;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.trust.Trust;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What steers the engine: the rules in force now or then, those that were refused, and how each came to be. */
@Named
@RequestScoped
public class ConfigPage {

    static final int REFUSED_SHOWN = 8;

    @Inject
    EngineConfigs configs;

    @Inject
    ConfigDesk desk;

    @Inject
    Expressions expressions;

    @Inject
    Log log;

    @Inject
    Trust trust;

    @Inject
    FleetControl fleet;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    private Instant now;
    private ConfigQuery query;
    private AsOf asOf;
    private Changes changes;
    private Changes.Standing shown;
    private Map<String, List<Change>> byTopic;
    private List<Change> entries;
    private List<RuleLine> rows;
    private List<RefusedLine> refused;
    private RuleCard rule;
    private RuleForm form;
    private TryOut tryOut;

    @PostConstruct
    void read() {
        now = clock.instant();
        query = ConfigQuery.of(
                request.getParameter("topic"),
                request.getParameter("namespace"),
                request.getParameter("name"),
                request.getParameter("page"),
                request.getParameter("change"),
                request.getParameter("time"));
        configs.catchUp();
        changes = configs.current().changes();
        asOf = AsOf.of(query.change(), query.time(), changes, log, now);
        shown = changes.after(asOf.change());
        byTopic = shown.inForce().stream()
                .collect(Collectors.groupingBy(change -> change.identity().topic()));
        entries = of(topic());
        long skipped = (query.page() - 1L) * ConfigQuery.PAGE_SIZE;
        rows = entries.stream()
                .skip(skipped)
                .limit(ConfigQuery.PAGE_SIZE)
                .map(change -> RuleLine.of(change, body(change.record()), query, now))
                .toList();
        refused = latestRefused();
        rule = query.identity() == null ? null : rule(query.identity());
        form = written();
        tryOut = tried();
    }

    private Topic<?> topic() {
        return Topic.of(query.topic()).orElseThrow();
    }

    private List<Change> of(Topic<?> topic) {
        return byTopic.getOrDefault(topic.wireName(), List.of());
    }

    private JsonNode body(EntryId record) {
        return log.find(record).orElseThrow().body().tree();
    }

    private List<RefusedLine> latestRefused() {
        List<Change> all = shown.refused();
        return all.subList(Math.max(0, all.size() - REFUSED_SHOWN), all.size()).reversed().stream()
                .map(one -> RefusedLine.of(one, shown.find(one.identity()).isPresent(), query, now))
                .toList();
    }

    private RuleCard rule(Identity identity) {
        return RuleCard.of(identity, shown.find(identity), asOf.past(), changes, this::body, query, now);
    }

    private RuleForm written() {
        if (request.getParameter("rest") != null) {
            String expression = request.getParameter("expression");
            return new RuleForm(query.topic(), given("name"), given("namespace"), expression, given("rest"), null)
                    .checked(fields -> desk.refusal(topic(), fields), this::replaced);
        }
        Optional<Declared<?>> edited = request.getParameter("edit") == null || query.identity() == null
                ? Optional.empty()
                : configs.current().find(query.identity());
        return edited.map(found -> RuleForm.of(found.body().tree())).orElseGet(() -> RuleForm.blank(topic()));
    }

    private Optional<String> replaced(RuleForm written) {
        String namespace = written.namespace().isEmpty() ? Entry.DEFAULT_NAMESPACE : written.namespace();
        String name = written.name().isEmpty() ? "default" : written.name();
        return changes.after(changes.count())
                .find(new Identity(written.topic(), namespace, name))
                .map(old -> "Valid. It replaces what " + Words.actor(old.by().value()) + " wrote "
                        + Moment.of(old.at(), now).ago() + ".");
    }

    private TryOut tried() {
        if (request.getParameter("about") == null) {
            return TryOut.blank();
        }
        var facts = new io.fourfold.engine.Moment(
                log, trust, fleet.current(), now, new Did(RouteForm.LOCAL), Entry.DEFAULT_NAMESPACE, any -> true);
        return new TryOut(given("context"), given("expression"), given("about"), null)
                .evaluated(expressions, facts, id -> log.find(new EntryId(id)));
    }

    private String given(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    public List<Figure> figures() {
        long inForce =
                Topic.IN_ORDER.stream().mapToLong(topic -> of(topic).size()).sum();
        long used =
                Topic.IN_ORDER.stream().filter(topic -> !of(topic).isEmpty()).count();
        var stats = expressions.stats();
        return List.of(
                Figure.of("force", Words.whole(inForce), asOf.past() ? "were in force then" : "in force"),
                Figure.of("topics", Long.toString(used), "of " + Topic.IN_ORDER.size() + " topics used"),
                Figure.of("refused", Words.whole(shown.refused().size()), "refused, changing nothing"),
                Figure.of("changes", Words.whole(asOf.change()), "of " + Words.plural(asOf.count(), "change")),
                Figure.of(
                        "expressions",
                        Words.whole(stats.errors()),
                        "errors in " + Words.whole(stats.evaluations()) + " evaluations"));
    }

    public List<Choice> topics() {
        return Topic.IN_ORDER.stream().map(this::choice).toList();
    }

    private Choice choice(Topic<?> topic) {
        String name = topic.wireName();
        long refusals = shown.refused().stream()
                .filter(one -> one.identity().topic().equals(name))
                .count();
        String count = Words.whole(of(topic).size());
        return new Choice(
                name,
                refusals > 0 ? "broken" : of(topic).isEmpty() ? "unused" : "",
                refusals > 0 ? count + ", " + Words.whole(refusals) + " refused" : count,
                query.withTopic(name).link(),
                name.equals(query.topic()));
    }

    public ConfigQuery query() {
        return query;
    }

    public AsOf asOf() {
        return asOf;
    }

    /** The address of the same as it is now. */
    public String today() {
        return query.withChange("").link();
    }

    public List<RuleLine> rows() {
        return rows;
    }

    public List<RefusedLine> refused() {
        return refused;
    }

    /** How many more were refused than are shown. */
    public int moreRefused() {
        return shown.refused().size() - refused.size();
    }

    /** Null when none is chosen. */
    public RuleCard rule() {
        return rule;
    }

    public RuleForm form() {
        return form;
    }

    public TryOut tryOut() {
        return tryOut;
    }

    public Sheets sheets() {
        return Sheets.of(
                query.page(), ConfigQuery.PAGE_SIZE, rows.size(), entries.size(), number -> query.withPage(number)
                        .link());
    }
}
