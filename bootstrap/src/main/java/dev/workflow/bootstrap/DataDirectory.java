package dev.workflow.bootstrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of the embedded database, held by one instance at a time. The lock ends with the process, however it ends. */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DataDirectory hold(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            PrivateFiles.createFolder(absolute);
            FileChannel channel =
                    FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailure("Another instance is running on the data directory " + absolute
                        + ": stop it, or set WORKFLOW_DATA_DIR to another folder.");
            }
            return new DataDirectory(absolute, channel);
        } catch (IOException e) {
            throw new StartFailure(
                    "The data directory " + absolute + " cannot be used (" + reason(e)
                            + "): set WORKFLOW_DATA_DIR to a folder that can be written.",
                    e);
        }
    }

    /** Why it will not do; what the JDK says of the most usual reasons is the name of a file alone. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException other -> other.getFile() + " is no folder";
            case NoSuchFileException _ -> "no folder can be made there";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("The data directory could not be released.", e);
        }
    }
}
