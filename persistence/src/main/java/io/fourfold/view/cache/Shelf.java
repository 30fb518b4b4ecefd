package io.fourfold.view.cache;

import io.fourfold.view.ArtifactRow;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.SessionRow;
import io.fourfold.view.ThreadRow;
import io.fourfold.view.TriggerRow;
import io.fourfold.view.WorkflowDetailRow;
import io.fourfold.view.WorkflowRow;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rows of one type that are kept, and under which key those with an id are found. Only projections write them, so that
 * who folds knows what changes.
 */
public record Shelf<V>(Class<V> row, UnaryOperator<String> keyOf) {

    private static final List<Shelf<?>> ALL = List.of(
            new Shelf<>(ExecutionRow.class, id -> id),
            // All phases of an execution together: that is how they are read.
            new Shelf<>(PhaseRow.class, id -> id.substring(0, Math.max(0, id.indexOf('/')))),
            new Shelf<>(WorkflowRow.class, id -> id),
            new Shelf<>(WorkflowDetailRow.class, id -> id),
            new Shelf<>(SessionRow.class, id -> id),
            new Shelf<>(ArtifactRow.class, id -> id),
            new Shelf<>(DispatchRow.class, id -> id),
            new Shelf<>(TriggerRow.class, id -> id),
            new Shelf<>(ThreadRow.class, id -> id));

    public static List<Shelf<?>> all() {
        return ALL;
    }

    /** Empty for rows that are read from the database each time. */
    @SuppressWarnings("unchecked") // Found by the type of its rows.
    public static <V> Optional<Shelf<V>> of(Class<V> row) {
        return ALL.stream()
                .filter(shelf -> shelf.row() == row)
                .map(shelf -> (Shelf<V>) shelf)
                .findFirst();
    }

    String name() {
        return row.getSimpleName();
    }
}
