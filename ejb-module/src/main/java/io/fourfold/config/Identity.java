package io.fourfold.config;

/** What makes two records versions of one rule. */
public record Identity(String topic, String namespace, String name) {

    /** Namespace and name, as traces show it: {@code default/greetings}. */
    public String path() {
        return namespace + "/" + name;
    }
}
