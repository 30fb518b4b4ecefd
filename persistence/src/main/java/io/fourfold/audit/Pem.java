package io.fourfold.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text form of keys (RFC 7468). */
final class Pem {

    private static final int LINE_CHARS = 64;

    private Pem() {}

    static String write(String label, byte[] encoded) {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(encoded) + "\n-----END " + label + "-----\n";
    }

    /** @throws IllegalArgumentException when it is not of this form */
    static byte[] read(String label, String text) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("Expected a PEM file with a " + label);
        }
        return Base64.getMimeDecoder()
                .decode(text.substring(from + begin.length(), to).getBytes(StandardCharsets.US_ASCII));
    }
}
