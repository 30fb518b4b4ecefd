package io.fourfold.dispatch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * POSTs the brief. 2xx ends the dispatch with what the answer says, 202 leaves it open for a record to end it; 408, 429
 * and 5xx, and a host that is away, are transient; anything else is final. The key is the same on every try.
 */
public final class HttpAdapter implements Adapter {

    static final int ACCEPTED = 202;

    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int SHOWN_CHARS_MAX = 200;

    private final HttpClient client;
    private final URI url;

    HttpAdapter(HttpClient client, URI url) {
        this.client = client;
        this.url = url;
    }

    @Override
    public String family() {
        return "http";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Report perform(Brief brief) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", brief.dispatchId())
                .POST(HttpRequest.BodyPublishers.ofString(brief.json().toString()))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, LimitedBody.upTo(ANSWER_BYTES_MAX));
        try {
            HttpResponse<String> whole = answer.get(brief.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return report(whole.statusCode(), whole.body());
        } catch (TimeoutException late) {
            answer.cancel(true);
            return Report.failed("timeout: " + url + " did not answer within "
                    + brief.timeout().toSeconds() + " s");
        } catch (ExecutionException broken) {
            Throwable away = broken.getCause();
            if (away instanceof LimitedBody.TooLong tooLong) {
                return Report.failed(tooLong.getMessage());
            }
            return new Report.Transient("Expected an answer from " + url + ", but " + reason(away));
        }
    }

    static Report report(int status, String body) {
        String shown = body.length() <= SHOWN_CHARS_MAX ? body : body.substring(0, SHOWN_CHARS_MAX) + "…";
        if (status == ACCEPTED) {
            return new Report.HandedOver(null);
        }
        if (status / 100 == 2) {
            return new Report.Finished(Answer.of(body));
        }
        String wrong = "Expected a status of 2xx, but was " + status + ": " + shown;
        boolean passing = status == 408 || status == 429 || status >= 500;
        return passing ? new Report.Transient(wrong) : Report.failed(wrong);
    }

    private static String reason(Throwable away) {
        return away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
    }
}
