package io.fourfold.repository;

import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionPlan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The repositories that an execution has to do with, and where each was named first. */
final class Mentions {

    /** Repositories of one execution that are counted. */
    static final int MAX = 50;

    private final Log log;

    Mentions(Log log) {
        this.log = log;
    }

    /** Repository to source: the record that led to it, then what is cloned, then its inputs. */
    Map<String, String> of(ExecutionEvent.Queued queued) {
        ExecutionPlan plan = queued.plan();
        Map<String, String> sources = new LinkedHashMap<>();
        trigger(plan).ifPresent(name -> add(sources, name, "trigger"));
        plan.repos().forEach(repo -> RepositoryName.of(repo.url()).ifPresent(name -> add(sources, name, "workflow")));
        plan.inputs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(input -> isRepository(input.getKey(), input.getValue()))
                .forEach(input -> RepositoryName.of(input.getValue()).ifPresent(name -> add(sources, name, "input")));
        return sources;
    }

    private static void add(Map<String, String> sources, String name, String source) {
        if (sources.size() < MAX) {
            sources.putIfAbsent(name, source);
        }
    }

    /** An input says by its name that it is one, or its value can be nothing else. */
    private static boolean isRepository(String input, String value) {
        return input.toLowerCase(Locale.ROOT).contains("repo") || RepositoryName.isPlain(value);
    }

    /** As webhooks of GitHub write it. */
    private Optional<String> trigger(ExecutionPlan plan) {
        return Optional.ofNullable(plan.cause())
                .flatMap(this::find)
                .flatMap(entry -> entry.body().field("repository"))
                .map(repository -> repository.isTextual() ? repository : repository.path("full_name"))
                .flatMap(name -> RepositoryName.of(name.asText()));
    }

    private Optional<Entry> find(String id) {
        try {
            return log.find(new EntryId(id));
        } catch (InvalidRecord noId) {
            return Optional.empty();
        }
    }
}
