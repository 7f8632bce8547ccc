package dev.workflow.postgres;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire between the driver and the server that breaks where a test wants it: it follows the client's half of the protocol
 * far enough to know a COMMIT when it passes.
 */
public final class Wire implements AutoCloseable {
    /** What happens to the next COMMIT, or to the next insertion that commits by itself. */
    enum Break {
        NOWHERE,
        /** It does not reach the server, which sees the connection end. */
        BEFORE_COMMIT,
        /** It does not reach the server, which is left with an open transaction on a connection that says nothing more. */
        BEFORE_COMMIT_UNNOTICED,
        /** It is done, and the answer does not reach the client. */
        AFTER_COMMIT,
        /** The same, and nobody gets through from then on. */
        AFTER_COMMIT_FOR_GOOD
    }

    private static final int PROTOCOL_3 = 3;
    private static final String INSERTION = "WITH stored AS";

    private final ServerSocket listening;
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Break atCommit = Break.NOWHERE;
    private volatile boolean refusing;

    public Wire(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void breakNext(Break where) {
        atCommit = where;
    }

    /** From now on nobody gets through, as long as {@code refuse}. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Breaks all connections that are open now. */
    public void breakAll() {
        open.forEach(Wire::closeQuietly);
    }

    @Override
    public void close() {
        refusing = true;
        closeQuietly(listening);
        breakAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (refusing) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        if (refusing) {
            closeQuietly(client);
            closeQuietly(server);
            return;
        }
        Connection connection = new Connection(client, server);
        Thread.ofVirtual().start(connection::pumpToServer);
        Thread.ofVirtual().start(connection::pumpToClient);
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            // It was broken already.
        }
    }

    /** One connection through the wire. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final Map<String, String> statements = new HashMap<>();
        private boolean inTransaction;
        private volatile boolean swallowing;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pumpToServer() {
            try {
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
                while (!passUntyped(in, out)) {
                    out.flush();
                }
                out.flush();
                while (passTyped(in, out)) {
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            } catch (IOException e) {
                closeQuietly(client);
                closeQuietly(server);
            }
        }

        /** The first messages have no type. The last of them tells the version of the protocol. */
        private boolean passUntyped(DataInputStream in, DataOutputStream out) throws IOException {
            int length = in.readInt();
            int code = in.readInt();
            out.writeInt(length);
            out.writeInt(code);
            out.write(in.readNBytes(length - 2 * Integer.BYTES));
            return code >> 16 == PROTOCOL_3;
        }

        private boolean passTyped(DataInputStream in, DataOutputStream out) throws IOException {
            int type = in.read();
            if (type < 0) {
                throw new IOException("The client is gone.");
            }
            int length = in.readInt();
            byte[] body = in.readNBytes(length - Integer.BYTES);
            if (isCommit(type, body) && !passCommit()) {
                return false;
            }
            out.writeByte(type);
            out.writeInt(length);
            out.write(body);
            return true;
        }

        /** The driver says BEGIN without preparing it. */
        private boolean isCommit(int type, byte[] body) {
            String[] texts = new String(body, StandardCharsets.ISO_8859_1).split("\0", 3);
            if (type == 'P') {
                statements.put(texts[0], texts[1]);
            }
            String said = switch (type) {
                case 'Q' -> texts[0];
                case 'B' -> statements.getOrDefault(texts[1], "");
                default -> "";
            };
            boolean commits = said.equals("COMMIT") || !inTransaction && said.startsWith(INSERTION);
            inTransaction = said.equals("BEGIN") || inTransaction && !commits && !said.equals("ROLLBACK");
            return commits;
        }

        /** Whether the connection goes on. */
        private boolean passCommit() {
            Break where = atCommit;
            atCommit = Break.NOWHERE;
            switch (where) {
                case NOWHERE -> {}
                case BEFORE_COMMIT -> {
                    closeQuietly(server);
                    closeQuietly(client);
                }
                case BEFORE_COMMIT_UNNOTICED -> closeQuietly(client);
                case AFTER_COMMIT -> swallowing = true;
                case AFTER_COMMIT_FOR_GOOD -> {
                    refusing = true;
                    swallowing = true;
                }
            }
            return where == Break.NOWHERE || swallowing;
        }

        void pumpToClient() {
            try {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (swallowing) {
                        closeQuietly(client);
                        closeQuietly(server);
                        return;
                    }
                    out.write(buffer, 0, count);
                }
            } catch (IOException e) {
                // Broken, as it was meant to be.
            }
            closeQuietly(client);
        }
    }
}
