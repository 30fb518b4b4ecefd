package io.fourfold.query;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says that bodies of a kind are asked for by these paths, so that each gets an index.
 *
 * @param kind  the {@code kind} of the bodies
 * @param paths as a filter writes them, for example {@code body.customer.id}
 */
public record BodyKind(String kind, List<Field.Body> paths) {

    /** Paths of one kind. */
    public static final int PATHS_MAX = 8;

    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    /** @throws InvalidQuery naming the field, what was expected and what came */
    public static BodyKind of(String kind, List<String> paths) {
        if (!KIND.matcher(kind).matches()) {
            throw new InvalidQuery("kind", "expected 1 to 128 of A-Z a-z 0-9 _ . : -, but was " + kind);
        }
        if (paths.isEmpty() || paths.size() > PATHS_MAX) {
            throw new InvalidQuery("paths", "expected 1 to " + PATHS_MAX + " paths, but there are " + paths.size());
        }
        return new BodyKind(kind, paths.stream().distinct().map(BodyKind::path).toList());
    }

    private static Field.Body path(String path) {
        if (!path.startsWith(Field.Body.ROOT + ".")) {
            throw new InvalidQuery("paths", "expected body.<path>, but was " + FilterReader.shown(path));
        }
        return Paths.read(path, "paths");
    }

    public BodyKind {
        paths = List.copyOf(paths);
    }

    /** As a filter writes it. */
    public static String text(Field.Body path) {
        return path.path().stream().collect(Collectors.joining(".", Field.Body.ROOT + ".", ""));
    }
}
