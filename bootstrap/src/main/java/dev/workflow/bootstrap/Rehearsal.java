package dev.workflow.bootstrap;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A short life of the service from which the JVM learns what a real one loads and calls: run with {@code -XX:AOTCacheOutput},
 * it leaves an AOT cache. It speaks plain sockets, since the classes of a client would end up in the cache.
 */
final class Rehearsal {
    private static final String WORKFLOW =
            "{\"data\": {\"name\": \"Ada\", \"born\": 1815, \"address\": {\"city\": \"London\"}}, \"steps\": [\"send\"]}";

    /** With one the JVM would learn what a service does that has nothing else in hand. */
    private static final int CONNECTIONS = 16;

    private final URI uri;

    private Rehearsal(URI uri) {
        this.uri = uri;
    }

    /** Lives in the folder that is named first, for as many requests as are named second. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.from(Map.of("PORT", "0", "DRAIN_DELAY", "0s", "WORKFLOW_DATA_DIR", args[0]));
        try (Service service = Service.start(settings)) {
            System.out.print(service.greeting());
            new Rehearsal(URI.create(service.uri())).play(Integer.parseInt(args[1]));
        }
    }

    private void play(int requests) throws IOException {
        List<String> scenes = List.of(
                post("/workflow", WORKFLOW),
                get("/workflow/consume"),
                post("/workflow", WORKFLOW),
                get("/workflow?limit=1&state=waiting"),
                get("/workflow/stats"),
                get("/health/readiness"));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(new Socket(uri.getHost(), uri.getPort()));
            }
            for (int i = 0; i < requests / CONNECTIONS; i++) {
                for (Socket each : sockets) {
                    write(each, scenes.get(i % scenes.size()));
                }
                for (Socket each : sockets) {
                    read(each);
                }
            }
        } finally {
            for (Socket each : sockets) {
                each.close();
            }
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String post(String target, String json) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static void read(Socket socket) throws IOException {
        byte[] answer = new byte[1 << 16];
        if (socket.getInputStream().read(answer) < 0) {
            throw new IOException("The service hung up.");
        }
    }
}
