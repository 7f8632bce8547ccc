package dev.workflow.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What PostgreSQL writes about its server into the folder of its files, line by line: its process first, its state last. */
record Postmaster(List<String> lines) {
    private static final int STATE = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Has no lines where no server runs and none has crashed. */
    static Postmaster of(Path files) throws IOException {
        try {
            return new Postmaster(Files.readAllLines(files.resolve("postmaster.pid")));
        } catch (NoSuchFileException e) {
            return new Postmaster(List.of());
        }
    }

    boolean isReady() {
        return lines.size() > STATE && lines.get(STATE).strip().equals("ready");
    }

    /** Ends it and waits for that, if it runs. */
    void end() throws IOException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the server of an earlier run, process " + process.get().pid() + ", still has clients", e);
        } catch (ExecutionException e) {
            throw new IOException("the server of an earlier run cannot be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * The number in the file of a server that crashed may belong to any process by now. It is negative while a program works on
     * the files without a server.
     */
    Optional<ProcessHandle> process() {
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())))
                        .filter(process -> process.info().command().orElse("").contains("postgres"));
    }
}
