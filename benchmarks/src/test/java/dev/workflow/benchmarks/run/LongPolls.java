package dev.workflow.benchmarks.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Consumers who wait, each over a connection of its own. Whoever is answered asks again at once. */
final class LongPolls implements AutoCloseable {
    private static final int POSTS = 100;
    private static final int SECONDS = 20;
    private static final long UNTIL_ALL_WAIT_MILLIS = 3000;
    private static final long BETWEEN_POSTS_MILLIS = 20;

    private final HttpClient consumers =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest consume;
    private final BlockingQueue<Long> answers = new LinkedBlockingQueue<>();

    private LongPolls(ServiceProcess consumedFrom, int waiters) {
        consume = HttpRequest.newBuilder(URI.create(consumedFrom.url("/workflow/consume?wait=" + SECONDS)))
                .build();
        for (int i = 0; i < waiters; i++) {
            ask();
        }
    }

    private void ask() {
        consumers.sendAsync(consume, HttpResponse.BodyHandlers.discarding()).thenAccept(response -> {
            if (response.statusCode() == 200) {
                answers.add(System.nanoTime());
            }
            ask();
        });
    }

    /** Milliseconds from a POST to the answer that it gave somebody: the median of a hundred. */
    static Sample measure(Scene scene, ServiceProcess consumedFrom, int waiters) {
        // Each instance has handed in a workflow of its own when it started.
        scene.drain();
        try (LongPolls polls = new LongPolls(consumedFrom, waiters)) {
            Scene.pause(UNTIL_ALL_WAIT_MILLIS);
            double[] millis = new double[POSTS];
            for (int i = 0; i < POSTS; i++) {
                long begin = System.nanoTime();
                scene.post(Scene.BODY);
                millis[i] = (polls.next() - begin) / 1e6;
                Scene.pause(BETWEEN_POSTS_MILLIS);
            }
            Arrays.sort(millis);
            return Sample.of(millis[POSTS / 2])
                    .with("p99 ms", millis[POSTS * 99 / 100 - 1])
                    .with("resident MB", consumedFrom.residentMegabytes());
        }
    }

    private long next() {
        try {
            Long answered = answers.poll(SECONDS, TimeUnit.SECONDS);
            if (answered == null) {
                throw new Broken("a workflow went to nobody who waited within " + SECONDS + " s");
            }
            return answered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }

    /** Ends the connections, so that nobody of this measurement takes what the next one posts. */
    @Override
    public void close() {
        consumers.shutdownNow();
    }
}
