package dev.workflow.rest.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the process is, under the names that all clients of Prometheus share. What a system does not tell is left out. */
final class ProcessFamilies {
    private static final int KIBI = 1024;
    /** Linux only. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");

    private ProcessFamilies() {}

    static void add(Families families) {
        families.gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970.",
                Unit.millisToSeconds(ManagementFactory.getRuntimeMXBean().getStartTime()));
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        families.counter(
                "process_cpu_seconds",
                "Processor time of the process.",
                Unit.nanosToSeconds(system.getProcessCpuTime()));
        if (system instanceof UnixOperatingSystemMXBean unix) {
            families.gauge("process_open_fds", "Open file descriptors.", unix.getOpenFileDescriptorCount());
            families.gauge("process_max_fds", "Most open file descriptors.", unix.getMaxFileDescriptorCount());
        }
        residentBytes()
                .ifPresent(bytes -> families.gauge(
                        "process_resident_memory_bytes", "Memory of the process that is in RAM.", bytes));
    }

    private static OptionalLong residentBytes() {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.map(RESIDENT::matcher)
                    .filter(matcher -> matcher.matches())
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)) * KIBI)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
