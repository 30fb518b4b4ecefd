package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Keeps the work that an interrupted agent had not pushed: for each repository whose commits or files are ahead of its
 * origin a git bundle among the outputs. What is not committed goes in as one commit; where that cannot be made, the
 * commits alone. It runs inside the place, with the agent's rights and without a network, because the repository is
 * the agent's and may be set up to run anything.
 */
final class Salvage {

    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /** Of what is said about what was not kept. */
    private static final int LINES_MAX = 100;

    private static final int LINE_MAX_CHARS = 300;

    /** Each line says what was not kept. Nobody else works there: a lock on the index is one that was left behind. */
    private static final String SCRIPT = """
            git() {
              command git -c core.hooksPath=/dev/null -c user.name=fourfold -c user.email=fourfold@localhost "$@" 2>&1
            }
            lost() {
              printf '%s of %s: %s\\n' "$1" "$name" "$(printf '%s' "$2" | tr '\\n' ' ')"
            }
            for folder in repos/*/; do
              [ -e "$folder/.git" ] || continue
              name=$(basename "$folder")
              (
                cd "$folder" || exit
                lock=$(git rev-parse --git-path index.lock) && rm -f "$lock"
                said=$(git add -A --ignore-errors) || lost "Files" "$said"
                if ! said=$(git diff --cached --quiet); then
                  said=$(git commit --quiet --no-verify -m "Unfinished work, kept when its agent was interrupted") ||
                    lost "Work that was not committed" "$said"
                fi
                git rev-parse --quiet --verify HEAD > /dev/null || exit 0
                if ! ahead=$(git rev-list -n 1 HEAD --branches --not --remotes); then
                  lost "Commits" "$ahead"
                elif [ -n "$ahead" ]; then
                  said=$(git bundle create --quiet "$OLDPWD/artifacts/output/unpushed-$name.bundle" \\
                    HEAD --branches --not --remotes) || lost "Commits" "$said"
                fi
              )
            done
            """;

    private final Sandbox sandbox;
    private final ScheduledExecutorService alarms;

    Salvage(Sandbox sandbox, ScheduledExecutorService alarms) {
        this.sandbox = sandbox;
        this.alarms = alarms;
    }

    /** To be used when the agent no longer runs; what cannot be kept is told to {@code left}. */
    void keep(Sandbox.Place place, Consumer<String> left) throws InterruptedException {
        Sandbox.Place alone = new Sandbox.Place(
                place.id(), place.root(), place.path(), place.limits().network(false));
        List<String> lost = new CopyOnWriteArrayList<>();
        try {
            Program program = new Program(List.of("sh", "-c", SCRIPT), Map.of(), ".", null);
            TimedAgent git = new TimedAgent(
                    sandbox.start(alone, program, (stream, text) -> add(lost, text)), alarms, TIME_MAX, false);
            int exit;
            try {
                exit = git.await();
            } finally {
                git.unwatch();
            }
            if (git.isLate()) {
                lost.add("git took longer than " + TIME_MAX.toSeconds() + " s");
            } else if (exit != 0) {
                lost.add("it ended with the exit code " + exit);
            }
        } catch (SandboxFailure broken) {
            lost.add(String.valueOf(broken.getMessage()));
        }
        lost.forEach(why -> left.accept("Unpushed work was not kept: " + why));
    }

    private static void add(List<String> lost, String line) {
        if (lost.size() < LINES_MAX) {
            lost.add(line.substring(0, Math.min(line.length(), LINE_MAX_CHARS)).strip());
        }
    }
}
