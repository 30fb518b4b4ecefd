package io.fourfold.door;

import io.fourfold.door.Lines.Line;
import io.fourfold.engine.Inlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records line by line, answers line by line in the same order. What has arrived is submitted together; nothing more is
 * read until it is answered, so that a caller who is faster than the disk is held up by his own connection.
 */
public final class Conversation {

    private static final Logger LOG = Logger.getLogger(Conversation.class.getName());

    private final Inlet inlet;
    private final Lines lines;
    private final OutputStream out;

    public Conversation(Inlet inlet, InputStream in, OutputStream out) {
        this.inlet = inlet;
        this.lines = new Lines(in);
        this.out = out;
    }

    /** Returns when the caller has said all and has every answer. */
    public void run() throws IOException {
        for (List<Line> group = lines.next(); !group.isEmpty(); group = lines.next()) {
            StringBuilder answers = new StringBuilder();
            for (Reply reply : answer(group)) {
                answers.append(reply.line()).append('\n');
            }
            out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private List<Reply> answer(List<Line> group) {
        List<Reply> replies = new ArrayList<>(group.size());
        List<byte[]> run = new ArrayList<>(group.size());
        for (Line line : group) {
            switch (line) {
                case Line.Whole whole -> run.add(whole.utf8());
                case Line.TooLong tooLong -> {
                    replies.addAll(accept(run));
                    run.clear();
                    replies.add(Reply.of(tooLong.fault().refusal()));
                }
            }
        }
        replies.addAll(accept(run));
        return replies;
    }

    private List<Reply> accept(List<byte[]> requests) {
        try {
            return inlet.acceptRequests(requests).stream().map(Reply::of).toList();
        } catch (RuntimeException failure) {
            LOG.log(Level.SEVERE, "Unexpected failure", failure);
            return requests.stream().map(request -> Reply.internal()).toList();
        }
    }
}
