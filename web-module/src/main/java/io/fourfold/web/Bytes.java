package io.fourfold.web;

import io.fourfold.log.InvalidRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads a body into memory, but no more of it than there may be. */
final class Bytes {

    private Bytes() {}

    /** A longer body is read to its end, uncounted in memory, so that the refusal can say how long it was. */
    static byte[] upTo(int max, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(max + 1);
        if (bytes.length <= max) {
            return bytes;
        }
        long length = bytes.length + body.transferTo(OutputStream.nullOutputStream());
        throw new InvalidRecord("", "expected at most " + max + " bytes, but got " + length);
    }
}
