package io.fourfold.packages;

/**
 * Where a package came from.
 *
 * @param kind   {@code folder}, {@code git} or {@code registry}
 * @param source as it was asked for: a folder's path, a URL, owner/name, or a name in a registry
 * @param url    what was cloned; null for a folder
 * @param ref    the branch, tag or commit; null for the default branch
 * @param commit null for a folder
 */
public record Origin(String kind, String source, String url, String ref, String commit) {

    static Origin folder(String path) {
        return new Origin("folder", path, null, null, null);
    }
}
