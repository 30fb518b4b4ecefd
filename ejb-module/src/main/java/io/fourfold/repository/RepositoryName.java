package io.fourfold.repository;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One name for a repository, however it is written: {@code owner/name} for one on GitHub, else its address. */
public final class RepositoryName {

    private static final String OWNER_AND_NAME = "([A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}?)";
    private static final Pattern SHORT = Pattern.compile(OWNER_AND_NAME);
    private static final Pattern ON_GITHUB = Pattern.compile(
            "(?:https?://(?:[^/@]*@)?github\\.com/|(?:ssh://)?git@github\\.com[:/])" + OWNER_AND_NAME + "(?:\\.git)?/*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ELSEWHERE =
            Pattern.compile("((?:(?:https?|ssh|git|file)://|git@[^\\s:/]+:|/)\\S{1,990}?)(?:\\.git)?/*");

    private RepositoryName() {}

    /** Of an address that git clones, or of {@code owner/name}; empty for what is neither. */
    public static Optional<String> of(String written) {
        return first(SHORT, written).or(() -> ofAddress(written));
    }

    /** Of an address that can be nothing but that of a repository. */
    static Optional<String> ofAddress(String written) {
        return first(ON_GITHUB, written).or(() -> first(ELSEWHERE, written));
    }

    /** Whether a text names a repository without anybody saying that it does. */
    static boolean isPlain(String written) {
        return ON_GITHUB.matcher(written).matches() || written.endsWith(".git");
    }

    private static Optional<String> first(Pattern pattern, String written) {
        Matcher matcher = pattern.matcher(written);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
