package io.fourfold.kit;

import io.fourfold.log.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** New ids, from a source of randomness and a clock that are given. */
public final class Ids {

    private static final long MOMENT = 0xFFFF_FFFF_FFFF_0000L;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final RandomGenerator random;
    private final Clock clock;

    public Ids(RandomGenerator random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    public String execution() {
        return "exec-" + hex12();
    }

    public String workspace() {
        return "ws-" + hex12();
    }

    /** A UUID of version 7 (RFC 9562): milliseconds first, so that ids sort by time. */
    public String uuid() {
        long high = clock.millis() << 16 | VERSION_7 | random.nextLong() & 0xFFF;
        long low = VARIANT | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }

    /**
     * The id that belongs to a name beneath another id, of the same moment: asked again it is the same, so that what
     * was cut off in the middle is repeated and not doubled.
     */
    public static String derived(String uuid, String name) {
        byte[] hash = Sha256.digest().digest((uuid + "/" + name).getBytes(StandardCharsets.UTF_8));
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long high = UUID.fromString(uuid).getMostSignificantBits() & MOMENT | VERSION_7 | bits.getLong() & 0xFFF;
        long low = VARIANT | bits.getLong() >>> 2;
        return new UUID(high, low).toString();
    }

    private String hex12() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
