package io.fourfold.orchestration.execution;

import io.fourfold.artifact.ContentStore;
import io.fourfold.artifact.MediaType;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code {{phase-id}}} stands for: the text files a phase left, or when it left none, the agent's last reply. One
 * file stands for itself; several are put one after the other under their names. Space at the end is cut off.
 */
final class Outputs {

    private Outputs() {}

    static String text(List<Collected> files, ContentStore content, String lastReply) {
        List<Collected> texts =
                files.stream().filter(f -> MediaType.of(f.path()).isText()).toList();
        if (texts.isEmpty()) {
            return lastReply == null ? "" : lastReply.stripTrailing();
        }
        if (texts.size() == 1) {
            return read(texts.get(0), content);
        }
        StringBuilder all = new StringBuilder();
        for (Collected file : texts) {
            if (all.length() > Prompt.OUTPUT_MAX_BYTES) {
                break;
            }
            all.append("## ")
                    .append(file.path())
                    .append("\n\n")
                    .append(read(file, content))
                    .append("\n\n");
        }
        return all.toString().strip();
    }

    /** No more than shows that it is too long for a prompt, which then names the folder instead. */
    private static String read(Collected file, ContentStore content) {
        try (InputStream in = content.open(file.sha256())
                .orElseThrow(() -> new IllegalStateException("Expected the content of " + file.path()))) {
            return new String(in.readNBytes(Prompt.OUTPUT_MAX_BYTES + 1), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read " + file.path(), broken);
        }
    }
}
