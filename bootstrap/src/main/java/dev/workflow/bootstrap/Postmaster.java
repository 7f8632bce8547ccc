package dev.workflow.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final String FILE = "postmaster.pid";
    private static final int STATE = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Has no lines where no server runs and none has crashed. */
    static Postmaster of(Path files) throws IOException {
        try {
            return new Postmaster(Files.readAllLines(files.resolve(FILE)));
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

    /** The number in the file of a server that crashed may belong to any process by now. */
    Optional<ProcessHandle> process() {
        return holder().filter(process -> program(process).startsWith("postgres"));
    }

    /**
     * Removes the file of a server that has crashed where the next one would take it for running, since there is something with
     * its number. In a container that is soon a thread of this process; and where this is process 1, a server that was killed
     * keeps its number. Whether a process of that server still uses the files, the next one asks the kernel.
     */
    static void forgetCrashed(Path files) throws IOException {
        Optional<ProcessHandle> holder = of(files).holder();
        if (holder.isPresent() && (isSomebodyElse(holder.get()) || isDead(holder.get()))) {
            Files.deleteIfExists(files.resolve(FILE));
        }
    }

    /** The number is negative while a program works on the files without a server. */
    private Optional<ProcessHandle> holder() {
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())));
    }

    private static boolean isSomebodyElse(ProcessHandle holder) {
        String program = program(holder);
        return !program.isEmpty() && !program.startsWith("postgres");
    }

    /** Empty where it cannot be known. */
    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }

    /** Whether it has ended, and whoever should ask how it did has not. */
    private static boolean isDead(ProcessHandle holder) throws IOException {
        Path state = Path.of("/proc", Long.toString(holder.pid()), "stat");
        try {
            String text = Files.readString(state, StandardCharsets.ISO_8859_1);
            return text.startsWith(" Z", text.lastIndexOf(')') + 1);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
