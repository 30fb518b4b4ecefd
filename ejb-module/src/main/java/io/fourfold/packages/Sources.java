package io.fourfold.packages;

import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Repositories;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Gets packages from where they are: from the request, by git, or by their name in a registry. */
public final class Sources {

    static final int SOURCE_MAX_CHARS = 1_000;

    private static final Pattern ON_GITHUB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final GitSource git;
    private final Registries registries;
    private final BooleanSupplier local;

    /** @param local whether callers are on this machine and may have its repositories read */
    public Sources(GitSource git, Registries registries, BooleanSupplier local) {
        this.git = git;
        this.registries = registries;
        this.local = local;
    }

    /**
     * What is asked for.
     *
     * @param ref   null for the default branch, or what the registry says
     * @param files by path, where the caller sends a folder's; null where not
     * @param fresh whether registries are read again before they say where a name is
     */
    public record Asked(String source, String ref, Map<String, byte[]> files, boolean fresh) {}

    /** What came of it. */
    public sealed interface Result {

        record Found(Origin origin, PackageTree tree) implements Result {

            /** What a package without a manifest is called: the last name of its source. */
            String name() {
                String[] names = origin.source().replaceAll("(\\.git)?/*$", "").split("[/\\\\:]");
                return names[names.length - 1];
            }
        }

        record Refused(Refusal refusal) implements Result {}
    }

    public Result get(Asked asked) {
        String source = asked.source() == null ? "" : asked.source().strip();
        if (source.isEmpty() || source.length() > SOURCE_MAX_CHARS) {
            return refused("source: expected 1 to " + SOURCE_MAX_CHARS + " characters");
        }
        if (asked.ref() != null && !Repositories.isRef(asked.ref())) {
            return refused("ref: expected a branch, tag or commit, but was " + asked.ref());
        }
        if (asked.files() != null) {
            if (asked.ref() != null) {
                return refused("ref: expected none beside files");
            }
            PackageTree tree = PackageTree.of(asked.files());
            return tree.refusal()
                    .<Result>map(Result.Refused::new)
                    .orElseGet(() -> new Result.Found(Origin.folder(source), tree));
        }
        if (NAME.matcher(source).matches()) {
            return named(source, asked);
        }
        return fetched("git", source, source, asked.ref());
    }

    private Result named(String name, Asked asked) {
        return switch (registries.find(name, asked.fresh())) {
            case Registries.Named.Refused refused -> new Result.Refused(refused.refusal());
            case Registries.Named.Found found ->
                fetched(
                        "registry",
                        name,
                        found.listed().source(),
                        asked.ref() != null ? asked.ref() : found.listed().ref());
        };
    }

    private Result fetched(String kind, String source, String address, String ref) {
        String url = url(address);
        Optional<Refusal> wrong = wrong(url, local.getAsBoolean());
        if (wrong.isPresent()) {
            return new Result.Refused(wrong.get());
        }
        return switch (git.fetch(url, ref)) {
            case GitSource.Result.Refused refused -> new Result.Refused(refused.refusal());
            case GitSource.Result.Fetched fetched ->
                new Result.Found(new Origin(kind, source, url, ref, fetched.commit()), fetched.tree());
        };
    }

    static String url(String address) {
        return ON_GITHUB.matcher(address).matches() ? "https://github.com/" + address + ".git" : address;
    }

    /** Why git is not asked for this URL. */
    static Optional<Refusal> wrong(String url, boolean local) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            boolean far = (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null;
            if (uri.getRawUserInfo() != null) {
                return Optional.of(invalid("source: expected no name or password in a URL, for it would be on record"));
            }
            if (scheme.equals("file") && !local) {
                return Optional.of(invalid("source: expected no file:// where callers need a token"));
            }
            if (far || scheme.equals("file") && uri.getRawAuthority() == null && uri.getPath() != null) {
                return Optional.empty();
            }
        } catch (URISyntaxException noUrl) {
            // Falls through: it is none of what is expected.
        }
        String shown = url.replaceAll("//[^/@]*@", "//…@");
        return Optional.of(
                invalid("source: expected https://…, http://…, file:///…, owner/name, or a name in a registry,"
                        + " but was " + shown));
    }

    private static Result refused(String message) {
        return new Result.Refused(invalid(message));
    }

    private static Refusal invalid(String message) {
        return Refusal.of(Refusal.Code.INVALID_INPUT, message);
    }
}
