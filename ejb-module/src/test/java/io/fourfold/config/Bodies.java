package io.fourfold.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A valid body for each topic, and changes to it. */
final class Bodies {

    /** In JSON with single quotes; the fields that every body has are added. */
    static final Map<Topic<?>, String> VALID = Map.ofEntries(
            Map.entry(Topic.ROUTING_RULE, "{'expression':'record.act == \"DO\"','target':'did:x:y','priority':3}"),
            Map.entry(
                    Topic.TRIGGER,
                    "{'source':'github','event':'push','repository':'acme/*','workflow':'fix',"
                            + "'conditions':[{'field':'a.b[0].c','operator':'in','value':['x',1,true]}],"
                            + "'input_mapping':{'pr':'pull_request.number'},'cooldown':5,'budget_total':'50.5'}"),
            Map.entry(Topic.FOLD_RULE, "{'expression':'size(records) > 3','status':'blocked','priority':1}"),
            Map.entry(Topic.HEALTH_CHECK, "{'expression':'size(tasks) < 9','severity':'warn','description':'few'}"),
            Map.entry(Topic.PERMISSION_RULE, "{'expression':'resource.kind == \"x\"','action':'deny','priority':-1}"),
            Map.entry(Topic.PERMISSIONS_ENABLED, "{}"),
            Map.entry(Topic.AUTH_REQUIRED, "{'enabled':true}"),
            Map.entry(Topic.DECISION_RULE, "{'expression':'meta_trust > 0.8','action':'auto_apply'}"),
            Map.entry(Topic.ADAPTER, "{'did':'did:x:bot','family':'http','url':'https://bot.example/in'}"),
            Map.entry(Topic.CRON_JOB, "{'job':'crystallize','schedule':'*/15 0-6 1,15 * 1-5'}"),
            Map.entry(Topic.ENGINE_LIMITS, "{'max_concurrent_dispatches':8}"),
            Map.entry(Topic.DRIFT_DETECTION, "{'h':7.5}"),
            Map.entry(Topic.STALL_WINDOW, "{'hours':48}"),
            Map.entry(
                    Topic.MODEL_PRICE,
                    "{'model':'claude-x*','input':'3','output':15,'cache_write':3.75,'cache_read':'0.30'}"),
            Map.entry(Topic.PACKAGE_REGISTRY, "{'url':'acme/packages','ref':'main'}"),
            Map.entry(Topic.BODY_KIND, "{'kind':'order.v1','paths':['body.customer.id']}"),
            Map.entry(Topic.RETENTION, "{'telemetry_days':30}"));

    private Bodies() {}

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Wire.MAPPER.readTree(json.replace("\"", "\\\"").replace('\'', '"'));
        } catch (java.io.IOException broken) {
            throw new AssertionError(json, broken);
        }
    }

    /**
     * The valid body of a topic, named {@code a} where a topic has names, changed by these fields; null takes one
     * away.
     */
    static ObjectNode with(Topic<?> topic, String changes) {
        ObjectNode body = parse(VALID.get(topic)).put("topic", topic.wireName());
        if (topic.reach() == Topic.Reach.NAMED) {
            body.put("name", "a");
        }
        body.setAll(parse(changes));
        List<String> gone = new ArrayList<>();
        body.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                gone.add(field.getKey());
            }
        });
        return body.remove(gone);
    }
}
