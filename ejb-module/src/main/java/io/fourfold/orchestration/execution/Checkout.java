package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.orchestration.workspace.GitCommand;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Clones repositories into a workspace with the machine's git, before any agent runs there. No hooks, no prompts, none
 * of the caller's git configuration.
 */
final class Checkout {

    static final int CLONE_TIMEOUT_SECONDS = 300;
    private static final int MESSAGE_MAX_CHARS = 2_000;

    private final Path home;
    private final Seat seat;

    /** {@code home} is a folder of ours that git takes for its home; a clone under way ends with its execution. */
    Checkout(Path home, Seat seat) {
        this.home = home;
        this.seat = seat;
    }

    /**
     * Clones all of them; those of {@code pinned} at that commit, wherever their branches are by now.
     *
     * @return repository to the commit it stands at
     * @throws SandboxFailure naming the repository and git's last words
     */
    Map<String, String> all(List<Repo> repos, Map<String, String> pinned, Path root) throws InterruptedException {
        Map<String, String> commits = new LinkedHashMap<>();
        for (Repo repo : repos) {
            String target = root.resolve(repo.folder()).toString();
            git(repo, List.of("clone", "--quiet", "--no-hardlinks", "--", repo.url(), target));
            if (repo.ref() != null) {
                git(repo, List.of("-C", target, "checkout", "--quiet", repo.ref(), "--"));
            }
            if (pinned.containsKey(repo.url())) {
                git(repo, List.of("-C", target, "reset", "--quiet", "--hard", pinned.get(repo.url())));
            }
            commits.put(repo.url(), git(repo, List.of("-C", target, "rev-parse", "HEAD")));
        }
        return commits;
    }

    private String git(Repo repo, List<String> arguments) throws InterruptedException {
        try {
            ProcessBuilder builder = GitCommand.of(home, List.of(), arguments);
            Path out = Files.createTempFile(home, "git", ".out");
            try {
                Process process = builder.redirectOutput(out.toFile()).start();
                process.getOutputStream().close();
                seat.attachCommand(new GitRun(process));
                return finished(process, repo.url(), out);
            } finally {
                seat.clear();
                Files.deleteIfExists(out);
            }
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot clone " + repo.url() + ": " + broken.getMessage(), broken);
        }
    }

    private static String finished(Process process, String repository, Path out)
            throws InterruptedException, IOException {
        boolean ended = process.waitFor(CLONE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            new GitRun(process).stop();
        }
        String text = Files.readString(out, StandardCharsets.UTF_8).strip();
        if (!ended || process.exitValue() != 0) {
            String why = ended ? text : "it took longer than " + CLONE_TIMEOUT_SECONDS + " s";
            throw new SandboxFailure(
                    "Cannot clone " + repository + ": " + why.substring(0, Math.min(why.length(), MESSAGE_MAX_CHARS)),
                    null);
        }
        return text;
    }
}
