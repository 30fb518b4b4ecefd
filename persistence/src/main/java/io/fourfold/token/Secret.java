package io.fourfold.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What its bearer shows: {@code fft_<id>_<secret>}. Never in a log: it says nothing of itself. */
public final class Secret {

    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("fft_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    private final String id;
    private final String text;

    private Secret(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** @param random fit for secrets */
    static Secret fresh(RandomGenerator random) {
        byte[] name = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(name);
        random.nextBytes(secret);
        String id = HexFormat.of().formatHex(name);
        return new Secret(
                id, "fft_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<Secret> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches() ? Optional.of(new Secret(matcher.group(1), text)) : Optional.empty();
    }

    String id() {
        return id;
    }

    /** The secret itself, to be shown once. */
    public String reveal() {
        return text;
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** Takes as long whatever differs. */
    boolean is(byte[] sha256) {
        return MessageDigest.isEqual(sha256, sha256());
    }
}
