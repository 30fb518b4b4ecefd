package io.fourfold.container;

import io.fourfold.engine.Projector;
import io.fourfold.engine.ThreadHistory;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Ids;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Nodes;
import io.fourfold.projection.CachedRows;
import io.fourfold.projection.FoldedRows;
import io.fourfold.projection.ReadModels;
import io.fourfold.projection.Rebuilds;
import io.fourfold.query.sql.RecordSearch;
import io.fourfold.view.Views;
import io.fourfold.view.cache.LocalCache;
import io.fourfold.view.cache.ReadCache;
import io.fourfold.view.cache.RedisCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What is read: read models, the cache before them, and queries of records. */
@ApplicationScoped
public class ReadWiring {

    @Produces
    @Singleton
    ReadCache cache(Database database, Ids ids) {
        return Configuration.redis()
                .<ReadCache>map(url -> new RedisCache(url, database::identity, ids::uuid, System::nanoTime))
                .orElseGet(() -> new LocalCache(System::nanoTime));
    }

    void close(@Disposes ReadCache cache) {
        cache.close();
    }

    @Produces
    @Singleton
    Views views(Database database, ReadCache cache) {
        return new Views(database.units(), cache);
    }

    @Produces
    @Singleton
    RecordSearch search(Database database) {
        return new RecordSearch(database.source());
    }

    @Produces
    @Singleton
    ThreadHistory threads(Log log, RecordSearch search) {
        return new ThreadHistory(log, search);
    }

    @Produces
    @Singleton
    Projector projector(Log log, Database database, Expressions expressions, ReadCache cache) {
        return new Projector(
                log, new CachedRows(new FoldedRows(database.source()), cache), ReadModels.over(log, expressions));
    }

    @Produces
    @Singleton
    Rebuilds rebuilds(
            Log log,
            Database database,
            Expressions expressions,
            Projector projector,
            ReadCache cache,
            Nodes nodes,
            Clock clock) {
        Runnable told = () -> {
            cache.clear();
            nodes.sayRewritten();
        };
        return new Rebuilds(database.source(), log, () -> ReadModels.over(log, expressions), projector, told, clock);
    }

    void close(@Disposes Rebuilds rebuilds) {
        rebuilds.close();
    }
}
