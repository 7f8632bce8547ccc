package dev.workflow.bootstrap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL as the build put it into the jar: a tar file under xz, for one platform. */
final class PostgresArchive {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int EXECUTABLE = 0100;

    private final JarURLConnection packed;

    private PostgresArchive(JarURLConnection packed) {
        this.packed = packed;
    }

    static PostgresArchive ofThisMachine() throws IOException {
        String name = "postgres-" + system() + "-" + processor() + ".txz";
        URL url = PostgresArchive.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IOException("this jar has none for this machine, " + system() + " on " + processor());
        }
        return new PostgresArchive((JarURLConnection) url.openConnection());
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("win") ? "windows" : name.startsWith("mac") ? "darwin" : name;
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }

    /** Unpacks it below {@code parent} unless it is there. What is there under its name is whole: it got the name last. */
    Path unpackedIn(Path parent) throws IOException {
        Path whole =
                parent.resolve("PG-" + Long.toHexString(packed.getJarEntry().getCrc()));
        if (!Files.exists(whole)) {
            Path halfMade = parent.resolve("unpacking");
            Orphans.end("tar", halfMade);
            if (!unpackByTar(empty(halfMade))) {
                unpack(empty(halfMade));
            }
            Files.move(halfMade, whole);
        }
        return whole;
    }

    private static Path empty(Path folder) throws IOException {
        Folders.delete(folder);
        return Files.createDirectories(folder);
    }

    /**
     * The system's own tar and xz take half the time, which is a second of the first start.
     *
     * @return false where it has none
     */
    boolean unpackByTar(Path folder) throws IOException {
        try (InputStream xz = packed.getInputStream()) {
            Process tar = new ProcessBuilder("tar", "-xJof", "-", "-C", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream input = tar.getOutputStream()) {
                transfer(xz, input);
            } finally {
                tar.onExit().join(); // also when it was cut short: then its input has ended, and it will
            }
            return tar.exitValue() == 0;
        } catch (IOException e) {
            // It could not be started, or did not read to the end.
            return false;
        }
    }

    private static void transfer(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            refuseInterrupted();
            to.write(buffer, 0, length);
        }
    }

    /** The whole takes seconds. */
    private static void refuseInterrupted() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    void unpack(Path folder) throws IOException {
        try (InputStream xz = new BufferedInputStream(packed.getInputStream(), BUFFER_BYTES);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(xz))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                refuseInterrupted();
                unpack(entry, tar, folder.resolve(entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        if ((entry.getMode() & EXECUTABLE) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException(path + " cannot be made executable");
        }
    }
}
