package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Keeps the work that an interrupted agent had not pushed: for each repository whose commits or files are ahead of its
 * origin a git bundle among the outputs. What is not committed goes in as one commit. It runs inside the place, with
 * the agent's rights and without a network, because the repository is the agent's and may be set up to run anything.
 */
final class Salvage {

    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    private static final String SCRIPT = """
            git() {
              command git -c core.hooksPath=/dev/null -c user.name=fourfold -c user.email=fourfold@localhost "$@"
            }
            for folder in repos/*/; do
              [ -e "$folder/.git" ] || continue
              name=$(basename "$folder")
              (
                cd "$folder" || exit
                git add -A && git commit --quiet --no-verify -m "Unfinished work, kept when its agent was interrupted"
                bundle="$OLDPWD/artifacts/output/unpushed-$name.bundle"
                git bundle create --quiet "$bundle" HEAD --branches --not --remotes
              ) > /dev/null 2>&1
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
        try {
            Program program = new Program(List.of("sh", "-c", SCRIPT), Map.of(), ".", null);
            TimedAgent git =
                    new TimedAgent(sandbox.start(alone, program, (stream, text) -> {}), alarms, TIME_MAX, false);
            try {
                git.await();
            } finally {
                git.unwatch();
            }
            if (git.isLate()) {
                left.accept("Unpushed work was not kept: git took longer than " + TIME_MAX.toSeconds() + " s");
            }
        } catch (SandboxFailure broken) {
            left.accept("Unpushed work was not kept: " + broken.getMessage());
        }
    }
}
