import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long it takes from a POST to the answer of a consumer who waits for it: {@code java LongPolls.java POST-URL
 * CONSUME-URL WAITERS ROUNDS}. Each waiter has a connection of its own; whoever is answered asks again at once.
 */
final class LongPolls {
    private static final byte[] POST = post();

    private final URI producer;
    private final URI consumer;
    private final BlockingQueue<Long> answers = new LinkedBlockingQueue<>();
    private volatile boolean over;

    private LongPolls(URI producer, URI consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    public static void main(String[] args) throws Exception {
        LongPolls polls = new LongPolls(URI.create(args[0]), URI.create(args[1]));
        polls.measure(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private void measure(int waiters, int rounds) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            threads.add(Thread.ofVirtual().start(this::poll));
        }
        TimeUnit.SECONDS.sleep(3);
        List<Long> micros = new ArrayList<>();
        try (Socket socket = open(producer)) {
            for (int i = 0; i < rounds; i++) {
                long begin = System.nanoTime();
                exchange(socket, POST);
                micros.add((answers.take() - begin) / 1000);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        over = true;
        micros.sort(null);
        System.out.printf(
                "%d waiting: median %.1f ms, 99 %% within %.1f ms (%d rounds)%n",
                waiters, micros.get(rounds / 2) / 1000.0, micros.get(rounds * 99 / 100) / 1000.0, rounds);
        System.exit(0);
    }

    private void poll() {
        byte[] request = "GET /workflow/consume?wait=20 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = open(consumer)) {
            while (!over) {
                if (exchange(socket, request).startsWith("HTTP/1.1 200")) {
                    answers.add(System.nanoTime());
                }
            }
        } catch (IOException e) {
            if (!over) {
                e.printStackTrace();
            }
        }
    }

    private static Socket open(URI uri) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Answers are small and come in one piece, headers and body together. */
    private static String exchange(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        StringBuilder answer = new StringBuilder();
        while (!isWhole(answer)) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("The connection ended.");
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }

    private static boolean isWhole(StringBuilder answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = answer.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        int length = head.indexOf("content-length: ");
        if (length < 0) {
            return true;
        }
        int lineEnd = head.indexOf('\r', length);
        String digits = head.substring(length + 16, lineEnd < 0 ? head.length() : lineEnd);
        return answer.length() >= end + 4 + Integer.parseInt(digits.strip());
    }

    private static byte[] post() {
        String body = "{\"data\":{\"name\":\"Ada\"}}";
        return ("POST /workflow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
