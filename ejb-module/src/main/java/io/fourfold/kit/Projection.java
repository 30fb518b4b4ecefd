package io.fourfold.kit;

import io.fourfold.log.Entry;
import java.util.Set;

/**
 * A read model: a fold of the log into rows. Folding an entry again that a row already holds changes nothing.
 *
 * @param <V> its row, an entity of {@code io.fourfold.view}
 */
public interface Projection<V> {

    /** Its name in checkpoints, health and commands, for example {@code execution_list}. */
    String name();

    /** Of the fold: one that makes other rows of the same entries has another, and is folded again. */
    default int version() {
        return 0;
    }

    Class<V> rowType();

    /** What its rows say in the column {@code queue} where it shares its table with others; null where it does not. */
    default String shares() {
        return null;
    }

    /** The rows an entry touches; empty for most entries. */
    Set<String> keys(Entry entry);

    /** The row as it stands after the entry; {@code current} is null while there is none, null removes it. */
    V fold(String key, V current, Entry entry);
}
