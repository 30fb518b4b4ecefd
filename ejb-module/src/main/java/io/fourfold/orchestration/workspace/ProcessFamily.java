package io.fourfold.orchestration.workspace;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A process with everything it started, for signals that must miss none of them.
 *
 * @param leader its session's number; {@value #NO_LEADER} when that number may be another's by now, and then only what
 *               carries the mark is reached
 * @param mark   {@code NAME=value} in its environment, by which what leaves the session is still found
 */
public record ProcessFamily(long leader, String mark) {

    static final long NO_LEADER = -1;

    /** Children born between the look and the signal are met in the next round. */
    private static final int ROUNDS_MAX = 50;

    /** The family of a process that was recorded earlier, perhaps before a reboot. */
    static ProcessFamily recorded(long leader, long startTicks, String mark) {
        boolean same = ProcessTable.find(leader)
                .filter(entry -> entry.startTicks() == startTicks)
                .isPresent();
        return new ProcessFamily(same ? leader : NO_LEADER, mark);
    }

    private List<Long> members() {
        return ProcessTable.family(leader, mark).stream()
                .map(ProcessTable.Entry::pid)
                .toList();
    }

    /** Ends all of them; held first, or a shell whose child alone is gone would go on with its next line. */
    public void kill() {
        freeze();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Long> left = members();
            if (left.isEmpty()) {
                return;
            }
            ProcessTable.signal("KILL", left);
        }
    }

    /**
     * Asks all but the leader, which waits for their end, and the wrapper below it to end; a held process hears it when
     * it is let go.
     */
    void askToEnd(boolean wrapped) {
        freeze();
        List<Long> asked = ProcessTable.family(leader, mark).stream()
                .filter(entry -> entry.pid() != leader && !(wrapped && entry.parent() == leader))
                .map(ProcessTable.Entry::pid)
                .toList();
        ProcessTable.signal("TERM", asked);
        thaw();
    }

    void freeze() {
        Set<Long> held = new HashSet<>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Long> fresh = members().stream().filter(held::add).toList();
            if (fresh.isEmpty()) {
                return;
            }
            ProcessTable.signal("STOP", fresh);
        }
    }

    void thaw() {
        ProcessTable.signal("CONT", members());
    }
}
