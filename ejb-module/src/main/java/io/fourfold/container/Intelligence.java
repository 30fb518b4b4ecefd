package io.fourfold.container;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.DecisionDesk;
import io.fourfold.decision.Register;
import io.fourfold.dispatch.Adapter;
import io.fourfold.engine.Situations;
import io.fourfold.intelligence.AnthropicMessages;
import io.fourfold.intelligence.Examination;
import io.fourfold.intelligence.Provider;
import io.fourfold.intelligence.RuleProposer;
import io.fourfold.intelligence.Surroundings;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.routing.Cascade;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Views;
import io.fourfold.view.WorkflowRow;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The model that proposes routing rules, where the settings name one. */
@ApplicationScoped
public class Intelligence {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String WORKFLOW = "did:fourfold:workflow:";
    private static final int WORKFLOWS_MAX = 50;
    private static final int UNROUTED_MAX = 10;

    @Inject
    EngineConfigs configs;

    @Inject
    ConfigDesk configDesk;

    @Inject
    Register register;

    @Inject
    DecisionDesk desk;

    @Inject
    Views views;

    /** Asked for when it is needed: it is made of what is made of this. */
    @Inject
    Instance<Situations> situations;

    private Map<Did, Adapter> adapters;

    @PostConstruct
    void open() {
        Examination examination = new Examination(
                configDesk,
                configs::current,
                register,
                record -> situations.get().now().facts().apply(record));
        adapters = provider()
                .<Map<Did, Adapter>>map(provider -> Map.of(
                        Cascade.INTELLIGENCE,
                        new RuleProposer(provider, configs::current, examination, desk, this::surroundings)))
                .orElse(Map.of());
    }

    /** Those of the engine itself; none without a model. */
    public Map<Did, Adapter> adapters() {
        return adapters;
    }

    private static Optional<Provider> provider() {
        String key = key();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        URI url = URI.create(Configuration.text(Settings.INTELLIGENCE_URL).strip());
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException(
                    Settings.INTELLIGENCE_URL.name() + ": expected http://HOST… or https://HOST…, but was " + url);
        }
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return Optional.of(new AnthropicMessages(
                http, url, key, Configuration.text(Settings.INTELLIGENCE_MODEL).strip()));
    }

    /** Empty when there is none. */
    private static String key() {
        String key = Configuration.text(Settings.INTELLIGENCE_KEY).strip();
        String file = Configuration.text(Settings.INTELLIGENCE_KEY_FILE).strip();
        if (file.isEmpty()) {
            return key;
        }
        String name = Settings.INTELLIGENCE_KEY_FILE.name();
        if (!key.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": expected none beside " + Settings.INTELLIGENCE_KEY.name() + ", but was " + file);
        }
        try {
            String read = Files.readString(Path.of(file)).strip();
            if (read.isEmpty()) {
                throw new IllegalArgumentException(name + ": expected a key in " + file + ", but it is empty");
            }
            return read;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    name + ": expected a file that can be read, but was " + file, unreadable);
        }
    }

    private Surroundings surroundings(Entry record) {
        Stream<Surroundings.Target> configured = configs.current().adapters().stream()
                .map(adapter -> new Surroundings.Target(
                        adapter.value().did(),
                        adapter.value().way().getClass().getSimpleName().toLowerCase(Locale.ROOT) + " "
                                + adapter.name()));
        Views.Where active = Views.where().is("archived", false);
        Stream<Surroundings.Target> workflows =
                views.page(WorkflowRow.class, active, "r.updatedAt desc, r.id", 1, WORKFLOWS_MAX).items().stream()
                        .map(row -> new Surroundings.Target(new Did(WORKFLOW + row.id), "workflow " + row.name));
        Views.Where here = Views.where().is("status", "unrouted").is("namespace", record.namespace());
        List<String> unrouted =
                views.page(DispatchRow.class, here, "r.routedAt desc, r.id", 1, UNROUTED_MAX).items().stream()
                        .map(row -> row.goal)
                        .filter(Objects::nonNull)
                        .toList();
        return new Surroundings(Stream.concat(configured, workflows).toList(), unrouted);
    }
}
