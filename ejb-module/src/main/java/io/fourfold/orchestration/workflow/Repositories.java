package io.fourfold.orchestration.workflow;

import io.fourfold.log.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The repositories of a run: the workflow's, with inputs filled in, or else those the run was given. */
public final class Repositories {

    private static final Pattern ON_GITHUB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern ELSEWHERE =
            Pattern.compile("((https?|ssh|git|file)://[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*|/[^\\p{Cntrl}]+"
                    + "|git@[^\\s:-][^\\s:]*:[^\\s\\p{Cntrl}]+)");
    private static final Pattern REF = Pattern.compile("(?!-)(?!.*\\.\\.)[^\\s\\p{Cntrl}~^:?*\\[\\\\]{1,255}");

    private Repositories() {}

    /**
     * @param url    what git clones
     * @param ref    null for the repository's default branch
     * @param folder where it lies in the workspace: {@code repos/owner__name}
     */
    public record Repo(String url, String ref, String folder) {}

    public sealed interface Result {
        record Resolved(List<Repo> repos) implements Result {
            public Resolved {
                repos = List.copyOf(repos);
            }
        }

        record Refused(Refusal refusal) implements Result {}
    }

    /** A branch, tag or commit that git takes for one. */
    public static boolean isRef(String text) {
        return REF.matcher(text).matches();
    }

    /** @param given the run's own; when there are any, they stand in for the workflow's list */
    public static Result resolve(WorkflowDefinition definition, Map<String, String> inputs, List<String> given) {
        Map<String, Repo> byFolder = new LinkedHashMap<>();
        for (String[] wanted : wanted(definition, given)) {
            String written = filled(wanted[0], inputs);
            String ref = wanted[1] == null ? null : filled(wanted[1], inputs);
            boolean onGithub = ON_GITHUB.matcher(written).matches();
            if (!onGithub && !ELSEWHERE.matcher(written).matches()) {
                return refused("Expected owner/name, a URL or an absolute path, but the repository was "
                        + Shown.text(written));
            }
            if (ref != null && !REF.matcher(ref).matches()) {
                return refused("Expected a branch, tag or commit, but the repository's ref was " + Shown.text(ref));
            }
            Repo repo = new Repo(onGithub ? "https://github.com/" + written + ".git" : written, ref, folder(written));
            Repo other = byFolder.putIfAbsent(repo.folder(), repo);
            if (other != null && !other.url().equals(repo.url())) {
                return refused("Expected different names, but " + other.url() + " and " + repo.url() + " are both "
                        + repo.folder());
            }
        }
        if (byFolder.isEmpty() && definition.requiresRepos()) {
            return refused("Expected a repository, but none was given and the workflow requires one");
        }
        return new Result.Resolved(List.copyOf(byFolder.values()));
    }

    private static List<String[]> wanted(WorkflowDefinition definition, List<String> given) {
        List<String[]> wanted = new ArrayList<>();
        if (definition.repositoryUrl() != null) {
            wanted.add(new String[] {definition.repositoryUrl(), definition.repositoryRef()});
        }
        (given.isEmpty() ? definition.repos() : given).forEach(url -> wanted.add(new String[] {url, null}));
        return wanted;
    }

    private static String filled(String template, Map<String, String> inputs) {
        return Placeholders.fill(template, name -> inputs.getOrDefault(name, ""));
    }

    /** The last two names of a URL or path, for example {@code repos/octo__hello}. */
    static String folder(String url) {
        List<String> names = new ArrayList<>();
        for (String name : url.replaceAll("(\\.git)?/*$", "").split("[/:]+")) {
            if (!name.isEmpty()) {
                names.add(name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_"));
            }
        }
        return "repos/" + String.join("__", names.subList(Math.max(0, names.size() - 2), names.size()));
    }

    private static Result refused(String message) {
        return new Result.Refused(Refusal.of(Refusal.Code.INVALID_INPUT, message));
    }
}
