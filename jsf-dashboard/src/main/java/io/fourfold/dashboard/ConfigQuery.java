package io.fourfold.dashboard;

import io.fourfold.config.Identity;
import io.fourfold.config.Topic;

/**
 * What the page of configuration is asked for; all of it is in the address.
 *
 * @param topic     wire name of one there is
 * @param namespace of the rule that is shown, or empty
 * @param name      of the rule that is shown, or empty for none
 * @param page      of the topic's entries, from 1
 * @param change    after which change, as it was given, or empty
 * @param time      as of when, as it was given, or empty
 */
public record ConfigQuery(String topic, String namespace, String name, int page, String change, String time) {

    static final int PAGE_SIZE = 25;

    static ConfigQuery of(String topic, String namespace, String name, String page, String change, String time) {
        return new ConfigQuery(
                topic == null || Topic.of(topic).isEmpty() ? Topic.ROUTING_RULE.wireName() : topic,
                text(namespace),
                text(name),
                ListQuery.page(page),
                text(change),
                text(time));
    }

    private static String text(String given) {
        return given == null ? "" : given.strip();
    }

    /** The rule that is shown; null for none. */
    Identity identity() {
        return name.isEmpty() ? null : new Identity(topic, namespace.isEmpty() ? "default" : namespace, name);
    }

    ConfigQuery withTopic(String other) {
        return new ConfigQuery(other, "", "", 1, change, time);
    }

    ConfigQuery withRule(Identity rule) {
        return new ConfigQuery(rule.topic(), rule.namespace(), rule.name(), page, change, time);
    }

    ConfigQuery withPage(int other) {
        return new ConfigQuery(topic, namespace, name, other, change, time);
    }

    ConfigQuery withChange(String other) {
        return new ConfigQuery(topic, namespace, name, page, other, "");
    }

    /** The address; what has its default is left out. */
    public String link() {
        return Address.of("config.xhtml")
                .with("topic", topic)
                .with("namespace", namespace)
                .with("name", name)
                .with("page", page, 1)
                .with("change", change)
                .with("time", change.isEmpty() ? time : "")
                .toString();
    }
}
