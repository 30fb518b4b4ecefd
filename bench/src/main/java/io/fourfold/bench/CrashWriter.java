package io.fourfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes record after record, to a thread of its own and to one that all share, and keeps the id of each that was
 * acknowledged. One that was not is sent again as it was, until it is: its clock makes that safe.
 */
final class CrashWriter implements Callable<List<String>> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 20_000_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI records;
    private final int number;
    private final AtomicBoolean over;

    CrashWriter(URI server, int number, AtomicBoolean over) {
        this.records = server.resolve("/api/v1/records");
        this.number = number;
        this.over = over;
    }

    static String thread(int writer) {
        return "th_crash." + writer;
    }

    @Override
    public List<String> call() throws IOException, InterruptedException {
        List<String> acknowledged = new ArrayList<>();
        for (int n = 0; !over.get(); n++) {
            String record = "{\"act\":\"DO\",\"actor\":\"did:fourfold:agent:crash" + number + "\",\"thread\":\""
                    + (n % 2 == 0 ? thread(number) : CrashProof.SHARED) + "\",\"body\":{\"n\":" + n + "},\"clock\":" + n
                    + "}";
            acknowledged.add(write(record));
        }
        return acknowledged;
    }

    private String write(String record) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(records)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(record))
                .build();
        while (true) {
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    JsonNode entry = JSON.readTree(answer.body());
                    return entry.get("id").asText();
                }
                if (answer.statusCode() < 500 && answer.statusCode() != 404) {
                    throw new IllegalStateException("Expected 201, 200 or an outage, but got " + answer.body());
                }
            } catch (IOException gone) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
