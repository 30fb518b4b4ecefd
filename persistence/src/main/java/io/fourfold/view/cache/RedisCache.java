package io.fourfold.view.cache;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * In a Redis that servers share. Each server folds or follows the whole log and forgets here what it saw change. All
 * keys hold an era: a server that could not forget something, because Redis was away, begins a new one before it reads
 * here again, so that nothing from before is found any more. Who loads leaves a token at the key, and keeps what was
 * loaded only while that token is still there.
 */
public final class RedisCache implements ReadCache {

    /** Keys forgotten by one call, at most. */
    private static final int CALL_MAX = 1_000;

    /** How long a load may take and still be kept. */
    private static final int LOAD_MILLIS_MAX = 10_000;

    private static final String AGE_MILLIS = Long.toString(AGE_MAX.toMillis());

    private static final String GET = """
            local era = redis.call('get', KEYS[1])
            if not era then return {} end
            local key = KEYS[1] .. ':' .. era .. ':' .. ARGV[1]
            local kept = redis.call('get', key)
            if kept and string.sub(kept, 1, 1) == '[' then return {era, kept} end
            redis.call('set', key, ARGV[2], 'PX', ARGV[3])
            return {era}
            """;

    private static final String PUT = """
            local key = KEYS[1] .. ':' .. ARGV[1] .. ':' .. ARGV[2]
            if redis.call('get', key) == ARGV[3] then redis.call('set', key, ARGV[4], 'PX', ARGV[5]) end
            return 1
            """;

    private static final String FORGET = """
            local era = redis.call('get', KEYS[1])
            if era then
              for i = 1, #ARGV do redis.call('unlink', KEYS[1] .. ':' .. era .. ':' .. ARGV[i]) end
            end
            return 1
            """;

    private static final String BEGIN = "redis.call('set', KEYS[1], ARGV[1]) return 1";

    private final RedisLine line;
    private final Supplier<String> tokens;
    private final Map<Shelf<?>, String> names = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param url    {@code redis://[user:password@]host:port[/database]}, or {@code rediss://}
     * @param space  names the database whose rows these are: of another one nothing is found; may throw while it cannot
     *               be told
     * @param tokens no two alike
     */
    public RedisCache(URI url, Supplier<String> space, Supplier<String> tokens, LongSupplier nanos) {
        this.tokens = tokens;
        this.line = new RedisLine(url, space, nanos, send -> send.of(BEGIN, List.of(tokens.get())));
    }

    @Override
    public <V> List<V> get(Shelf<V> shelf, String key, Supplier<List<V>> load) {
        String name = name(shelf, key);
        String token = tokens.get();
        List<?> found = line.call(GET, List.of(name, token, Integer.toString(LOAD_MILLIS_MAX)))
                .map(answer -> (List<?>) answer)
                .orElse(null);
        if (found != null && found.isEmpty()) {
            // It was emptied.
            line.doubt();
        }
        if (found != null && found.size() == 2) {
            Optional<List<V>> kept = RowJson.read(shelf.row(), (String) found.get(1));
            if (kept.isPresent()) {
                hits.increment();
                return kept.get();
            }
        }
        misses.increment();
        List<V> rows = load.get();
        if (found != null && found.size() == 1 && !rows.isEmpty()) {
            line.call(PUT, List.of((String) found.getFirst(), name, token, RowJson.write(rows), AGE_MILLIS));
        }
        return rows;
    }

    private String name(Shelf<?> shelf, String key) {
        return names.computeIfAbsent(shelf, one -> RowJson.shape(one.row())) + ":" + key;
    }

    @Override
    public void forget(Collection<Place> places) {
        List<String> all = places.stream().map(p -> name(p.shelf(), p.key())).toList();
        for (int from = 0; from < all.size(); from += CALL_MAX) {
            List<String> some = new ArrayList<>(all.subList(from, Math.min(all.size(), from + CALL_MAX)));
            Optional<Object> done = line.call(FORGET, some);
            if (done.isEmpty()) {
                line.doubt();
                return;
            }
        }
    }

    @Override
    public void clear() {
        line.doubt();
    }

    @Override
    public Standing standing() {
        return new Standing("redis", line.failure(), hits.sum(), misses.sum());
    }

    @Override
    public void close() {
        line.close();
    }
}
