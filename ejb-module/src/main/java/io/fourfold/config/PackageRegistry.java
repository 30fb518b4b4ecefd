package io.fourfold.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where packages are looked for by name: a git repository that lists them.
 *
 * @param url owner/name on GitHub, or a URL
 * @param ref a branch, tag or commit; empty for the default branch
 */
public record PackageRegistry(String url, Optional<String> ref) {

    private static final Pattern URL = Pattern.compile(
            "(https?|file)://(?![^/]*@)[^\\s\\p{Cntrl}]{1,1000}|[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern REF = Pattern.compile("(?!-)(?!.*\\.\\.)[^\\s\\p{Cntrl}~^:?*\\[\\\\]{1,255}");

    static PackageRegistry read(Fields fields) {
        return new PackageRegistry(
                fields.matching("url", URL, "https://…, http://…, file://… or owner/name, with no password"),
                fields.has("ref")
                        ? Optional.of(fields.matching("ref", REF, "a branch, tag or commit"))
                        : Optional.empty());
    }
}
