package dev.workflow.contracts.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * For servers that cannot be told to choose a port themselves. Until they listen, and while they are away, nobody else may come
 * to listen there: the ports are none of those that an operating system gives to whoever asks for any, and each is locked
 * against other test runs as long as this JVM lives.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    /** Linux gives away those from 32768 on, others those from 49152 on. */
    private static final int HIGHEST = 32_767;

    private static final FileChannel LOCKS = open();

    private FreePort() {}

    private static FileChannel open() {
        Path file =
                Path.of(System.getProperty("java.io.tmpdir"), "workflow-test-ports-" + System.getProperty("user.name"));
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of the loopback interface that nobody listens on now. */
    public static int any() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        while (!isLocked(port) || !isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        }
        return port;
    }

    /** Each port has a byte of the file, whether it is there or not. */
    private static boolean isLocked(int port) {
        try {
            return LOCKS.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
