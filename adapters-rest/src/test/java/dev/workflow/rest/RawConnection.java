package dev.workflow.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test writes whatever bytes it likes. */
final class RawConnection implements AutoCloseable {
    /** Needs nothing, and is answered at once. */
    static final String PING = "GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final int GENEROUS_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(TestService service) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            socket.setSoTimeout(GENEROUS_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to text that is sent on a connection of its own. */
    static Reply exchange(TestService service, String text) {
        try (RawConnection connection = new RawConnection(service)) {
            return connection.send(text).reply();
        }
    }

    RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawConnection endOfInput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer that has a body, chunked or not. */
    Reply reply() {
        return reply(true);
    }

    /** Reads one answer to HEAD. */
    Reply replyToHead() {
        return reply(false);
    }

    private Reply reply(boolean withBody) {
        try {
            String statusLine = line();
            int status = Integer.parseInt(statusLine.split(" ")[1]);
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            boolean empty = !withBody || status == 204 || status == 304 || status < 200;
            return new Reply(status, headers, empty ? new byte[0] : body(headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        List<String> length = headers.get("content-length");
        return length != null ? in.readNBytes(Integer.parseInt(length.getFirst())) : chunks();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            body.write(in.readNBytes(size));
            line();
        } while (size > 0);
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new IOException("The connection ended at: " + line);
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    /** Reads until the other side closes, whether politely or not. */
    byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException e) {
            // Reset: closed with bytes of ours unread.
            return rest.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toByteArray();
    }

    /** Whether nothing has come that was not read yet. */
    boolean isSilent() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side takes nothing more. Tells it by the second write: what answers the first is that it does not. */
    boolean refusesBytes() {
        try {
            for (int i = 0; i < 10; i++) {
                socket.getOutputStream().write('x');
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    InputStream input() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
