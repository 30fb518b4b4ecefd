package io.fourfold.orchestration.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code {{name}}} in a template. Filling looks at the template alone: what a value holds is never filled again. */
final class Placeholders {

    static final String EXECUTION_ID = "execution_id";
    static final String WORKFLOW_ID = "workflow_id";
    static final String REPO_URL = "repo_url";

    /** The first repository's folder in the workspace, in full. */
    static final String REPO_DIR = "repo_dir";

    /** The workspace's folder, in full: {@code artifacts/output} lies in it. */
    static final String WORKSPACE = "workspace";

    static final Set<String> BUILT_IN = Set.of(EXECUTION_ID, WORKFLOW_ID, REPO_URL, REPO_DIR, WORKSPACE);

    /** The task, in prompts; in commands it is a shell variable of this name. */
    static final String ARGUMENTS = "$ARGUMENTS";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)\\}\\}");
    private static final Pattern TOKEN = Pattern.compile(PLACEHOLDER + "|\\$ARGUMENTS\\b");

    private Placeholders() {}

    /** One mention: the token as written and the name in it. */
    record Mention(String token, String name) {}

    static List<Mention> in(String template) {
        List<Mention> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            found.add(new Mention(matcher.group(), matcher.group(1).strip()));
        }
        return found;
    }

    static boolean mentionArguments(String template) {
        Matcher matcher = TOKEN.matcher(template);
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                return true;
            }
        }
        return false;
    }

    /** Fills every {@code {{name}}}, and {@code $ARGUMENTS} under that name. */
    static String fill(String template, UnaryOperator<String> value) {
        return TOKEN.matcher(template).replaceAll(match -> {
            String name = match.group(1);
            return Matcher.quoteReplacement(value.apply(name == null ? ARGUMENTS : name.strip()));
        });
    }
}
