package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A running service and its database. */
record Scene(ServiceProcess service, Database database, HttpClient http) {
    /** What post.lua sends, 121 bytes. */
    static final String BODY = """
            {"data": {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}, "steps": ["validate", "send"]}""";

    private static final int ARRAY = 1000;
    private static final int CLIENTS = 4;
    /** The queue in memory has room for a million: it is kept far from full. */
    private static final long LEFT_IN_QUEUE = 300_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    Scene(ServiceProcess service, Database database) {
        this(
                service,
                database,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    String url(String path) {
        return service.url(path);
    }

    /** Hands workflows in, in arrays of a thousand. */
    void fill(long workflows) {
        int requests = (int) ((workflows + ARRAY - 1) / ARRAY);
        String array = Collections.nCopies(ARRAY, BODY).toString();
        inTurns(requests, () -> post(array));
    }

    /** Hands a body in and returns when it was answered 201. */
    void post(String body) {
        int status = status(HttpRequest.newBuilder(URI.create(url("/workflow")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (status != 201) {
            throw new Broken("POST was answered " + status);
        }
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new Broken(e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }

    private void inTurns(int times, Runnable task) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<?> each : IntStream.range(0, times)
                    .mapToObj(i -> clients.submit(task))
                    .toList()) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Broken broken
                    ? broken
                    : new Broken(e.getCause().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }

    /** Stores workflows until so many are there, consuming what the queue has no room for. */
    void grow(long workflows) {
        long missing = workflows - stored();
        if (missing <= 0) {
            return;
        }
        for (long portion; missing > 0; missing -= portion) {
            portion = Math.min(missing, LEFT_IN_QUEUE);
            fill(portion);
            makeRoom();
        }
        secondsUntilRelayed();
        database.run("VACUUM ANALYZE");
    }

    /** Takes workflows out of the queue when it is on its way to being full. */
    void makeRoom() {
        long surplus = pending() - LEFT_IN_QUEUE;
        if (surplus <= 0) {
            return;
        }
        takeBatches((int) (surplus / ARRAY));
    }

    /** Takes all that wait. */
    void drain() {
        secondsUntilRelayed();
        HttpRequest take = batch();
        int status;
        do {
            status = status(take);
        } while (status == 200);
    }

    /** Takes so many times as many as one answer may hold. */
    void takeBatches(int times) {
        HttpRequest take = batch();
        inTurns(times, () -> status(take));
    }

    private HttpRequest batch() {
        return HttpRequest.newBuilder(URI.create(url("/workflow/consume?max=" + ARRAY)))
                .build();
    }

    /** Sees to it that so many wait, all of them in the queue. */
    void stock(long workflows) {
        long missing = workflows - pending();
        if (missing > 0) {
            fill(missing);
        }
        if (Double.isNaN(secondsUntilRelayed())) {
            throw new Broken(backlog() + " workflows did not reach the queue");
        }
    }

    long pending() {
        return database.number("SELECT count(*) FROM pending");
    }

    long consumed() {
        return database.number("SELECT count(*) FROM consumed");
    }

    long stored() {
        return database.number("SELECT count(*) FROM workflow");
    }

    long backlog() {
        return database.number("SELECT coalesce(sum(cardinality(workflow_ids)), 0) FROM outbox");
    }

    /** How long it takes from now until the outbox is empty; NaN when it does not get shorter, as when the queue is full. */
    double secondsUntilRelayed() {
        long begin = System.nanoTime();
        try (Database.Asking oldest = database.asking("SELECT min(seq) FROM outbox")) {
            long first = -1;
            long moved = begin;
            while (System.nanoTime() - begin < PATIENCE.toNanos()) {
                long now = oldest.number();
                if (now == 0) {
                    return (System.nanoTime() - begin) / 1e9;
                }
                if (now != first) {
                    first = now;
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > TimeUnit.SECONDS.toNanos(10)) {
                    return Double.NaN;
                }
                pause(10);
            }
            return Double.NaN;
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }

    void close() {
        http.close();
        service.stop();
    }
}
