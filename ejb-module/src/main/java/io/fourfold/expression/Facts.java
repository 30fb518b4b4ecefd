package io.fourfold.expression;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the functions of expressions ask of the engine; one instance stands for one moment. Answers are plain values
 * (text, {@code Long}, {@code Double}, {@code Boolean}, {@code Instant}, lists, maps by text) without nulls. An
 * evaluation cannot be stopped while one of these methods runs, so each bounds its own work.
 */
public interface Facts {

    /** Nothing is known: empty maps, no trust, and the beginning of time. */
    Facts NONE = new Facts() {};

    /** {@code status, participants, heads, count…} of a thread; empty when there is none. */
    default Map<String, Object> thread(String id) {
        return Map.of();
    }

    /** A task by the id of its intent, or the latest of a thread by the thread's id; empty when there is none. */
    default Map<String, Object> task(String id) {
        return Map.of();
    }

    /** 0 to 1. */
    default double trust(String actor, String domain) {
        return 0;
    }

    /** Observations behind {@link #trust}, not decayed. */
    default long trustCount(String actor, String domain) {
        return 0;
    }

    default Instant now() {
        return Instant.EPOCH;
    }

    default String currentActor() {
        return "";
    }

    default String currentNamespace() {
        return "default";
    }

    /** Each with all below it; {@code *} stands for all. */
    default List<String> frozenNamespaces() {
        return List.of();
    }

    /** Whether an emergency covers {@link #currentNamespace}. */
    default boolean emergencyActive() {
        return false;
    }

    /** The variable {@code system}, where a context binds it and the caller does not. */
    default Map<String, Object> system() {
        return Map.of();
    }
}
