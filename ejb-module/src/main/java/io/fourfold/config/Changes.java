package io.fourfold.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All records of configuration in their order, numbered from 1, and what came of each: so that what was in force at any
 * time is known without reading, or compiling, one of them again.
 */
public final class Changes {

    private static final Comparator<Change> PRIORITY_THEN_AGE =
            Comparator.comparingLong(Change::priority).reversed().thenComparingLong(Change::position);

    static final Changes NONE = new Changes(List.of());

    private final List<Change> inOrder;

    Changes(List<Change> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    /**
     * What stood after some of the changes.
     *
     * @param inForce by priority, the highest first, then the oldest record
     * @param refused the oldest first; of one rule only those after its latest valid record
     */
    public record Standing(List<Change> inForce, List<Change> refused) {

        public Standing {
            inForce = List.copyOf(inForce);
            refused = List.copyOf(refused);
        }

        public Optional<Change> find(Identity identity) {
            return inForce.stream()
                    .filter(change -> change.identity().equals(identity))
                    .findFirst();
        }
    }

    List<Change> inOrder() {
        return inOrder;
    }

    public int count() {
        return inOrder.size();
    }

    /** Empty for one that there is not. */
    public Optional<Change> at(int number) {
        return number < 1 || number > inOrder.size() ? Optional.empty() : Optional.of(inOrder.get(number - 1));
    }

    /** How many there had been at a position of the log. */
    public int until(long position) {
        int low = 0;
        int high = inOrder.size();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            boolean there = inOrder.get(middle - 1).position() <= position;
            low = there ? middle : low;
            high = there ? high : middle - 1;
        }
        return low;
    }

    /** What stood after so many of them. */
    public Standing after(int number) {
        Map<Identity, Change> inForce = new LinkedHashMap<>();
        Map<Identity, List<Change>> refused = new LinkedHashMap<>();
        for (Change change : inOrder.subList(0, Math.min(number, inOrder.size()))) {
            switch (change.deed()) {
                case SETS -> inForce.put(change.identity(), change);
                case ENDS -> inForce.remove(change.identity());
                case REFUSED ->
                    refused.computeIfAbsent(change.identity(), of -> new ArrayList<>())
                            .add(change);
            }
            if (change.deed() != Change.Deed.REFUSED) {
                refused.remove(change.identity());
            }
        }
        return new Standing(
                inForce.values().stream().sorted(PRIORITY_THEN_AGE).toList(),
                refused.values().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(Change::position))
                        .toList());
    }

    /** Those of one rule, the newest first. */
    public List<Change> about(Identity identity) {
        return inOrder.stream()
                .filter(change -> change.identity().equals(identity))
                .toList()
                .reversed();
    }
}
