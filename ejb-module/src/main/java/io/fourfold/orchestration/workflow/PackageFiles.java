package io.fourfold.orchestration.workflow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The files that came with a workflow, and which of them it used. */
final class PackageFiles {

    static final int PROMPT_FILE_MAX_BYTES = 1 << 20;
    static final int RECORDING_MAX_BYTES = 16 << 20;

    private static final String SHARED = "shared://";
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]+");

    private final Function<String, Optional<byte[]>> files;
    private final Set<String> used = new TreeSet<>();

    PackageFiles(Function<String, Optional<byte[]>> files) {
        this.files = files;
    }

    Set<String> used() {
        return used;
    }

    /** Where a {@code prompt_file} lies in the package: {@code shared://x} is {@code phase-library/x.md}. */
    static String promptPath(String written) {
        return written.startsWith(SHARED) ? "phase-library/" + written.substring(SHARED.length()) + ".md" : written;
    }

    /** The folder whose files a replayed session leaves behind. */
    static String workspaceOf(String recording) {
        return recording.substring(0, recording.lastIndexOf('/') + 1) + "workspace/";
    }

    /** Why a path may not be used; empty when it stays inside the folder it is relative to. */
    static Optional<String> wrong(String path) {
        if (path.startsWith("/") || path.startsWith("~")) {
            return Optional.of("expected a relative path, but was " + Shown.text(path));
        }
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.of("expected a path that stays inside, but was " + Shown.text(path));
            }
            if (segment.equals(".") || !SEGMENT.matcher(segment).matches()) {
                return Optional.of("expected plain names with / between them, but was " + Shown.text(path));
            }
        }
        return Optional.empty();
    }

    /** What came of asking for a file: its bytes, or what is wrong. */
    sealed interface Found {
        record File(byte[] bytes) implements Found {}

        record Wrong(String message) implements Found {}
    }

    Found find(String path, int maxBytes) {
        Optional<String> wrong = wrong(path);
        if (wrong.isPresent()) {
            return new Found.Wrong(wrong.get());
        }
        Optional<byte[]> bytes = files.apply(path);
        if (bytes.isEmpty()) {
            return new Found.Wrong("expected a file of the package, but " + path + " is not there");
        }
        used.add(path);
        int length = bytes.get().length;
        return length > maxBytes
                ? new Found.Wrong("expected at most " + maxBytes + " bytes, but " + path + " has " + length)
                : new Found.File(bytes.get());
    }

    /** The text in bytes that are UTF-8; empty when they are not. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
