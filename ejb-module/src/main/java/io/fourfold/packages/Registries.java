package io.fourfold.packages;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.PackageRegistry;
import io.fourfold.config.Topic;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The registries that configuration names, and what they offer: read by git, and kept for {@link #CACHED}. */
public final class Registries {

    /** For so long a registry that was read is not read again, unless asked to. */
    public static final Duration CACHED = Duration.ofHours(1);

    /** The same for one that could not be read. */
    static final Duration BROKEN_CACHED = Duration.ofMinutes(1);

    private final EngineConfigs configs;
    private final GitSource git;
    private final BooleanSupplier local;
    private final Clock clock;
    private final Map<PackageRegistry, Kept> kept = new ConcurrentHashMap<>();

    public Registries(EngineConfigs configs, GitSource git, BooleanSupplier local, Clock clock) {
        this.configs = configs;
        this.git = git;
        this.local = local;
        this.clock = clock;
    }

    private sealed interface Found {

        record Read(Marketplace marketplace) implements Found {}

        record Broken(String reason) implements Found {}
    }

    private record Kept(Found found, Instant at) {
        Duration lasts() {
            return found instanceof Found.Read ? CACHED : BROKEN_CACHED;
        }
    }

    /** A package and the registry that has it. */
    public record Offer(String registry, Marketplace.Listed listed) {}

    /** A registry that could not be read, and why. */
    public record Unread(String registry, String reason) {}

    public record Offers(List<Offer> offers, List<Unread> unread) {}

    /** What came of looking for a name. */
    sealed interface Named {

        record Found(Marketplace.Listed listed) implements Named {}

        record Refused(Refusal refusal) implements Named {}
    }

    /** Packages about a text, the whole list for an empty one; {@code refresh} reads every registry again. */
    public Offers search(String words, boolean refresh) {
        Offers all = all(refresh);
        return new Offers(
                all.offers().stream()
                        .filter(offer -> offer.listed().isAbout(words))
                        .toList(),
                all.unread());
    }

    /** By its exact name, in the list that is kept; where it is not there, or {@code fresh}, registries are read. */
    Named find(String name, boolean fresh) {
        Offers known = all(fresh);
        List<Offer> found = named(known, name);
        if (found.isEmpty() && !fresh) {
            known = all(true);
            found = named(known, name);
        }
        List<String> sources =
                found.stream().map(offer -> offer.listed().source()).distinct().toList();
        if (sources.size() > 1) {
            return new Named.Refused(new Refusal(
                    Refusal.Code.AMBIGUOUS_ID,
                    "Expected one package, but several registries have a " + name + "; name its source",
                    Map.of("candidates", sources)));
        }
        if (!found.isEmpty()) {
            return new Named.Found(found.getFirst().listed());
        }
        String unread = known.unread().isEmpty()
                ? ""
                : "; not read: "
                        + String.join(
                                "; ",
                                known.unread().stream()
                                        .map(one -> one.registry() + " (" + one.reason() + ")")
                                        .toList());
        return new Named.Refused(Refusal.of(
                Refusal.Code.NOT_FOUND,
                "Expected a folder, a URL, owner/name or a package of a registry, but no registry has " + name
                        + unread));
    }

    private static List<Offer> named(Offers offers, String name) {
        return offers.offers().stream()
                .filter(offer -> offer.listed().name().equals(name))
                .toList();
    }

    private Offers all(boolean refresh) {
        configs.catchUp();
        List<Declared<PackageRegistry>> registries = configs.current().of(Topic.PACKAGE_REGISTRY);
        Map<PackageRegistry, Kept> read = new ConcurrentHashMap<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            registries.forEach(one -> each.execute(() -> read.put(one.value(), read(one.value(), refresh))));
        }
        List<Offer> offers = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        for (Declared<PackageRegistry> registry : registries) {
            switch (read.get(registry.value()).found()) {
                case Found.Read(Marketplace marketplace) ->
                    marketplace.packages().forEach(listed -> offers.add(new Offer(registry.name(), listed)));
                case Found.Broken(String reason) -> unread.add(new Unread(registry.name(), reason));
            }
        }
        return new Offers(offers, unread);
    }

    private Kept read(PackageRegistry registry, boolean refresh) {
        Instant now = clock.instant();
        Kept before = kept.get(registry);
        if (!refresh && before != null && now.isBefore(before.at().plus(before.lasts()))) {
            return before;
        }
        Kept fresh = new Kept(fetch(registry), now);
        kept.put(registry, fresh);
        return fresh;
    }

    private Found fetch(PackageRegistry registry) {
        String url = Sources.url(registry.url());
        Optional<Refusal> wrong = Sources.wrong(url, local.getAsBoolean());
        if (wrong.isPresent()) {
            return new Found.Broken(wrong.get().message());
        }
        return switch (git.fetch(url, registry.ref().orElse(null))) {
            case GitSource.Result.Refused refused ->
                new Found.Broken(refused.refusal().message());
            case GitSource.Result.Fetched fetched ->
                fetched.tree()
                        .text(Marketplace.FILE)
                        .map(Registries::parsed)
                        .orElseGet(() -> new Found.Broken("expected a " + Marketplace.FILE + ", but there is none"));
        };
    }

    private static Found parsed(String text) {
        return switch (Marketplace.read(text)) {
            case Marketplace.Result.Read read -> new Found.Read(read.marketplace());
            case Marketplace.Result.Broken broken ->
                new Found.Broken(String.join(
                        "; ", broken.problems().stream().map(Problem::text).toList()));
        };
    }
}
