package dev.workflow.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs that go on after the service that began them was killed. */
final class Orphans {
    private Orphans() {}

    /** Ends those that still write into {@code folder}, so that another may, where the system tells of them. */
    static void end(String program, Path folder) {
        ProcessHandle.allProcesses()
                .filter(process -> isOf(process.info(), program, folder))
                .forEach(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
    }

    private static boolean isOf(ProcessHandle.Info info, String program, Path folder) {
        Optional<Path> command = info.command().map(path -> Path.of(path).getFileName());
        return command.filter(Path.of(program)::equals).isPresent()
                && List.of(info.arguments().orElse(new String[0])).contains(folder.toString());
    }
}
