package io.fourfold.queue;

import io.fourfold.log.Did;
import io.fourfold.namespace.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What work belongs to, as words that hold it up: a freeze names a namespace, a pause of the intake anything else. A
 * queue gives out nothing new that has one of the words in force.
 */
public final class Tags {

    /** Of all that has not begun. */
    public static final String ALL = "all";

    private static final String NAMESPACE = "namespace:";
    private static final Pattern TRIGGER = Pattern.compile("did:fourfold:(?:system|service):trigger:(.+)");

    private Tags() {}

    /** Of a namespace with all below it; {@code *} stands for every one. */
    public static String namespace(String root) {
        return NAMESPACE + root;
    }

    public static String workflow(String id) {
        return "workflow:" + id;
    }

    public static String trigger(String name) {
        return "trigger:" + name;
    }

    /** By its owner and name, in whatever case and wherever it is: {@code octo/hello}. */
    public static String repository(String ownerAndName) {
        return "repository:" + ownerAndName.toLowerCase(Locale.ROOT);
    }

    /** The same for a URL or a path: its last two names. */
    public static String repositoryAt(String url) {
        List<String> names =
                new ArrayList<>(List.of(url.replaceAll("(\\.git)?/*$", "").split("[/:]+")));
        names.removeIf(String::isEmpty);
        return repository(String.join("/", names.subList(Math.max(0, names.size() - 2), names.size())));
    }

    /** Of what is done in a namespace and has not begun. */
    public static List<String> within(String namespace) {
        List<String> tags = new ArrayList<>(List.of(ALL, namespace("*")));
        Namespace.chain(namespace).forEach(root -> tags.add(namespace(root)));
        return tags;
    }

    /** Of the trigger that an actor stands for; empty for everybody else. */
    public static List<String> startedBy(Did actor) {
        Matcher matcher = TRIGGER.matcher(actor.value());
        return matcher.matches() ? List.of(trigger(matcher.group(1))) : List.of();
    }

    /** What still holds up a dispatch once it has begun: freezes do, the intake is behind it. */
    public static List<String> begun(List<String> tags) {
        return tags.stream().filter(tag -> tag.startsWith(NAMESPACE)).toList();
    }
}
