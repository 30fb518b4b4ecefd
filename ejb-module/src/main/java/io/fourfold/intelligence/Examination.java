package io.fourfold.intelligence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.Identity;
import io.fourfold.config.RoutingRule;
import io.fourfold.config.Topic;
import io.fourfold.decision.Decision;
import io.fourfold.decision.Proposals;
import io.fourfold.decision.Register;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import io.fourfold.intelligence.Proposal.Unusable;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.routing.Routable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says whether a proposal could be in force as it stands, and is about the record it was made for. */
public final class Examination {

    private final ConfigDesk desk;
    private final Proposals proposals;
    private final Supplier<EngineConfig> config;
    private final Register register;
    private final Function<Routable, Facts> facts;

    /** @param facts what expressions may ask about a record */
    public Examination(
            ConfigDesk desk, Supplier<EngineConfig> config, Register register, Function<Routable, Facts> facts) {
        this.desk = desk;
        this.proposals = new Proposals(desk);
        this.config = config;
        this.register = register;
        this.facts = facts;
    }

    /** The body of the rule's record, in the namespace of the record it is for. */
    Json accept(Proposal proposal, Entry record, List<Surroundings.Target> targets) throws Unusable {
        ObjectNode fields = proposal.rule();
        if (!record.namespace().equals(Entry.DEFAULT_NAMESPACE)) {
            fields.put("namespace", record.namespace());
        }
        ConfigDesk.Checked.Valid<RoutingRule> valid = valid(fields);
        if (targets.stream()
                .noneMatch(target -> target.did().equals(valid.value().target()))) {
            String known = targets.stream().map(target -> target.did().value()).collect(Collectors.joining(", "));
            throw new Unusable("target: expected one of " + known + ", but was "
                    + valid.value().target());
        }
        if (isTaken(record.namespace(), valid.body())) {
            throw new Unusable("name: expected a new name, but there is or may soon be a rule of the name "
                    + fields.path("name").asText());
        }
        applies(valid.value(), record);
        return valid.body();
    }

    private ConfigDesk.Checked.Valid<RoutingRule> valid(ObjectNode fields) throws Unusable {
        try {
            return switch (desk.check(Topic.ROUTING_RULE, fields)) {
                case ConfigDesk.Checked.Valid<RoutingRule> valid -> valid;
                case ConfigDesk.Checked.Refused<RoutingRule> refused ->
                    throw new Unusable(refused.refusal().message());
            };
        } catch (InvalidRecord unstorable) {
            throw new Unusable(unstorable.getMessage());
        }
    }

    private boolean isTaken(String namespace, Json rule) {
        String name = rule.text("name").orElseThrow();
        return config.get()
                        .find(new Identity(Topic.ROUTING_RULE.wireName(), namespace, name))
                        .isPresent()
                || register.now().open().stream()
                        .filter(open -> open.proposal() != null && !open.proposes(rule))
                        .anyMatch(open -> open.namespace().equals(namespace)
                                && open.proposal().text("name").equals(Optional.of(name)));
    }

    private void applies(RoutingRule rule, Entry record) throws Unusable {
        try {
            if (!holds(rule, record)) {
                throw new Unusable("expression: expected it to hold for the record, but it does not");
            }
        } catch (ExpressionFailure failure) {
            throw new Unusable("expression: expected it to hold for the record, but " + failure.getMessage());
        }
    }

    private boolean holds(RoutingRule rule, Entry record) {
        Routable routable = Routable.of(record);
        return rule.when().holds(Map.of("record", routable.variables()), facts.apply(routable));
    }

    /** An open decision that would route the record too. */
    Optional<Decision> awaited(Entry record) {
        return register.now().open().stream()
                .filter(decision -> decision.proposal() != null)
                .filter(decision -> Proposals.routingRule(proposals.read(decision.proposal(), null))
                        .filter(rule -> holdsSurely(rule, record))
                        .isPresent())
                .findFirst();
    }

    /** Whether a rule in force holds for the record now, though none did when its turn came. */
    boolean isRouted(Entry record) {
        return config.get().routingRules().stream().anyMatch(rule -> holdsSurely(rule.value(), record));
    }

    /** What was asked about the record, be it answered or not. */
    Optional<Decision> about(Entry record) {
        return register.now().all().stream()
                .filter(decision -> decision.records().contains(record.id()))
                .findFirst();
    }

    private boolean holdsSurely(RoutingRule rule, Entry record) {
        try {
            return holds(rule, record);
        } catch (ExpressionFailure doesNotApply) {
            return false;
        }
    }
}
