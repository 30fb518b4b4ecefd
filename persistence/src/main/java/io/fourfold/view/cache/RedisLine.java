package io.fourfold.view.cache;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The way to Redis. A call that fails shuts it for {@value #PAUSE_SECONDS} s, so that nobody waits while it is away.
 * While there is doubt whether Redis holds what it should, nothing goes through but that which ends the doubt.
 */
final class RedisLine implements AutoCloseable {

    static final int PAUSE_SECONDS = 5;

    /** A reader waits no longer for an answer, or for a connection. */
    private static final int WAIT_MILLIS_MAX = 200;

    private static final int CONNECTIONS_MAX = 16;

    private static final Logger LOG = Logger.getLogger(RedisLine.class.getName());

    /** Sends a script with its arguments. */
    interface Send {
        Object of(String script, List<String> arguments);
    }

    private final Supplier<String> space;
    private final LongSupplier nanos;
    private final Consumer<Send> settle;
    private final RedisClient redis;
    private final ReentrantLock settling = new ReentrantLock();
    private final AtomicLong doubts = new AtomicLong(1);
    private volatile long settled;
    private volatile long shutUntil;
    private volatile String root;
    private volatile String failure;

    /** @param settle what ends a doubt: after it, nothing from before is found */
    RedisLine(URI url, Supplier<String> space, LongSupplier nanos, Consumer<Send> settle) {
        this.space = space;
        this.nanos = nanos;
        this.settle = settle;
        this.shutUntil = nanos.getAsLong();
        this.redis = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(client(url))
                .poolConfig(pool())
                .build();
    }

    private static DefaultJedisClientConfig client(URI url) {
        return DefaultJedisClientConfig.builder()
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .database(JedisURIHelper.getDBIndex(url))
                .sslOptions(JedisURIHelper.isRedisSSLScheme(url) ? SslOptions.defaults() : null)
                .connectionTimeoutMillis(WAIT_MILLIS_MAX)
                .socketTimeoutMillis(WAIT_MILLIS_MAX)
                .clientName("fourfold")
                .build();
    }

    /** Connections are never renewed unseen: one that broke says that Redis was away. */
    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS_MAX);
        pool.setMaxIdle(CONNECTIONS_MAX);
        pool.setMaxWait(Duration.ofMillis(WAIT_MILLIS_MAX));
        pool.setTestWhileIdle(false);
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        pool.setJmxEnabled(false);
        return pool;
    }

    /** The script's answer; empty when it cannot be had, and then nobody knows what became of it. */
    Optional<Object> call(String script, List<String> arguments) {
        return isOpen() ? tried(() -> send(script, arguments)) : Optional.empty();
    }

    /** It may hold what is no longer so. */
    void doubt() {
        doubts.incrementAndGet();
    }

    /** Null while it can be used. */
    String failure() {
        return failure;
    }

    private boolean isOpen() {
        return settled == doubts.get() || nanos.getAsLong() - shutUntil >= 0 && isSettled();
    }

    /** By one at a time; who comes meanwhile does without. */
    private boolean isSettled() {
        if (!settling.tryLock()) {
            return false;
        }
        try {
            long before = doubts.get();
            if (settled == before) {
                return true;
            }
            Optional<Object> done = tried(() -> {
                settle.accept(this::send);
                return true;
            });
            if (done.isPresent()) {
                settled = before;
                if (failure != null) {
                    LOG.info("Redis is used again");
                }
                failure = null;
            }
            return settled == doubts.get();
        } finally {
            settling.unlock();
        }
    }

    private Optional<Object> tried(Supplier<Object> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException away) {
            doubt();
            shutUntil = nanos.getAsLong() + PAUSE_SECONDS * 1_000_000_000L;
            if (failure == null) {
                LOG.log(Level.WARNING, "Redis is away; rows are read from the database: {0}", away.getMessage());
            }
            failure = String.valueOf(away.getMessage());
            return Optional.empty();
        }
    }

    private Object send(String script, List<String> arguments) {
        if (root == null) {
            root = "fourfold:" + space.get();
        }
        return redis.eval(script, List.of(root), arguments);
    }

    @Override
    public void close() {
        redis.close();
    }
}
