package dev.workflow.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An ordinary HTTP client of one service. */
final class Client implements AutoCloseable {
    static final String[] JSON = {"Content-Type", "application/json"};
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestService service;

    Client(TestService service) {
        this.service = service;
    }

    Reply get(String target, String... headers) {
        return send("GET", target, BodyPublishers.noBody(), headers);
    }

    Reply head(String target, String... headers) {
        return send("HEAD", target, BodyPublishers.noBody(), headers);
    }

    /** A POST of JSON. */
    Reply post(String target, String json, String... headers) {
        return sendJson("POST", target, json, headers);
    }

    /** A POST without a body. */
    Reply post(String target) {
        return send("POST", target, BodyPublishers.noBody());
    }

    /** A PATCH of JSON. */
    Reply patch(String target, String json, String... headers) {
        return sendJson("PATCH", target, json, headers);
    }

    private Reply sendJson(String method, String target, String json, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(JSON, 0, all, 0, 2);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(method, target, BodyPublishers.ofString(json), all);
    }

    Reply send(String method, String target, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.uri(target)).method(method, body).timeout(GENEROUS);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
