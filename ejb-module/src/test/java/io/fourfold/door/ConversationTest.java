package io.fourfold.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.engine.Inlet;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.LogUnavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConversationTest {

    @Test
    void everyLineIsAnsweredAsASingleRequestIs() throws IOException {
        Inlet single = Doors.inlet();
        List<String> expected = Doors.REQUESTS.stream()
                .map(request -> Reply.of(single.accept(request.getBytes(UTF_8))).line())
                .toList();

        String answers = say(Doors.inlet(), new ByteArrayInputStream(bytes(String.join("\n", Doors.REQUESTS))));

        assertThat(answers.lines()).containsExactlyElementsOf(expected);
    }

    @Test
    void aBatchIsAnsweredAsSingleRequestsAre() {
        Inlet single = Doors.inlet();
        List<String> expected = Doors.REQUESTS.stream()
                .map(request -> Reply.of(single.accept(request.getBytes(UTF_8))).line())
                .toList();

        List<byte[]> items =
                Doors.REQUESTS.stream().map(ConversationTest::bytes).toList();

        assertThat(Doors.inlet().acceptRequests(items))
                .extracting(receipt -> Reply.of(receipt).line())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theSameLinesOneByteAtATimeGetTheSameAnswers() throws IOException {
        byte[] lines = bytes(String.join("\r\n\n", Doors.REQUESTS) + "\n");
        InputStream slow = new ByteArrayInputStream(lines) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, 1);
            }
        };

        assertThat(say(Doors.inlet(), slow)).isEqualTo(say(Doors.inlet(), new ByteArrayInputStream(lines)));
    }

    @Test
    void aLineThatIsTooLongIsRefusedAsASingleRequestIsAndTheNextOneIsRead() throws IOException {
        char[] space = new char[3 * CanonicalJson.TEXT_BYTES_MAX];
        Arrays.fill(space, ' ');
        String tooLong = Doors.VALID + new String(space);

        List<String> answers = say(Doors.inlet(), new ByteArrayInputStream(bytes(tooLong + "\n" + Doors.VALID)))
                .lines()
                .toList();

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0))
                .isEqualTo(Reply.of(Doors.inlet().accept(bytes(tooLong))).line());
        assertThat(answers.get(1)).contains("\"position\":1");
    }

    @Test
    void aCallerIsAnsweredWhileTheStreamIsOpen() throws Exception {
        PipedOutputStream caller = new PipedOutputStream();
        try (PipedInputStream in = new PipedInputStream(caller);
                PipedInputStream answers = new PipedInputStream();
                PipedOutputStream out = new PipedOutputStream(answers);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> conversation = threads.submit(() -> {
                new Conversation(Doors.inlet(), in, out).run();
                return null;
            });
            caller.write(bytes(Doors.VALID + "\n"));
            caller.flush();

            assertThat(answers.read()).isEqualTo('{');
            caller.close();
            conversation.get();
        }
    }

    @Test
    void aStorageThatIsAwayIsARefusalOfEachLine() throws IOException {
        Inlet inlet = Doors.inlet(new BrokenLog(new LogUnavailable("away", true, null)));

        String answers = say(inlet, new ByteArrayInputStream(bytes(Doors.VALID + "\nnonsense\n" + Doors.VALID)));

        assertThat(answers.lines())
                .extracting(line -> line.replaceAll(".*\"code\":\"([A-Z_]+)\".*", "$1"))
                .containsExactly("STORAGE_FULL", "INVALID_RECORD", "STORAGE_FULL");
    }

    @Test
    void aMistakeOfOursIsNotShownToTheCaller() throws IOException {
        Inlet inlet = Doors.inlet(new BrokenLog(new IllegalStateException("secret")));

        assertThat(say(inlet, new ByteArrayInputStream(bytes(Doors.VALID))))
                .isEqualTo(Reply.internal().json() + "\n")
                .doesNotContain("secret");
    }

    private static String say(Inlet inlet, InputStream lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Conversation(inlet, lines, out).run();
        return out.toString(UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
