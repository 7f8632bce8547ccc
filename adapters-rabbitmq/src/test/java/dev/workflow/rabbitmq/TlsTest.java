package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Health;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library alone would trust either of these. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void aBrokerThatNobodyVouchesForIsNotTrusted() throws Exception {
        assertRefused(contextFor("localhost"), "PKIX path building failed");
    }

    @Test
    void aBrokerOfAnotherNameIsNotTrusted() throws Exception {
        SSLContext elsewhere = contextFor("elsewhere.example");
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(elsewhere);
        try {
            assertRefused(elsewhere, "No subject alternative DNS name matching localhost found");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private static void assertRefused(SSLContext impostor, String reason) throws IOException {
        try (SSLServerSocket server = (SSLServerSocket)
                        impostor.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RabbitWorkflowQueue queue = new RabbitWorkflowQueue(
                        BrokerUri.connectionFactory("amqps://localhost:" + server.getLocalPort()),
                        new RabbitSettings("workflow", QueueType.CLASSIC))) {
            Thread.ofVirtual().start(() -> shakeHands(server));
            queue.start();

            Eventually.holds(
                    "a refusal",
                    () -> queue.check() instanceof Health.Down down
                            && down.reason().contains(reason));
        }
    }

    private static void shakeHands(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            } catch (IOException e) {
                // The client left, or the test is over.
            }
        }
    }

    /** With a certificate for {@code host}, and trusting no other. */
    private SSLContext contextFor(String host) throws Exception {
        KeyStore keys = selfSigned(host);
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore selfSigned(String host) throws Exception {
        Path file = folder.resolve(host + ".p12");
        assertThat(generate(file, host)).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static int generate(Path file, String host) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        return new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
