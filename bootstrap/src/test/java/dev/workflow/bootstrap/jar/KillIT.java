package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it works; the next start works at once, and nothing that was answered is lost or doubled. */
@Timeout(300)
class KillIT {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** Unlike anything that a producer sends. */
    private static final String AFTERWARDS = "-1";

    private static final int PRODUCERS = 4;
    private static final int ENOUGH = 200;

    @TempDir
    private Path folder;

    private final Collection<String> answered = new ConcurrentLinkedQueue<>();
    private final Collection<String> consumed = new ConcurrentLinkedQueue<>();

    @Test
    void killedWhileItsDatabaseGoesOn() {
        killUnderLoad();
        checkWithANewProcess();
    }

    @Test
    void killedTogetherWithItsDatabase() throws IOException {
        killUnderLoad();
        killDatabase();
        checkWithANewProcess();
    }

    @Test
    void itsDatabaseAloneIsStartedAgain() throws IOException {
        try (RunningJar service = RunningJar.start(folder, Map.of()).awaitListening()) {
            for (int i = 0; i < 3; i++) {
                String data = Integer.toString(i);
                Eventually.holds("it takes workflows", () -> takes(service, data));
                answered.add(data);
                killDatabase();
            }
            drain(service);
            assertThat(consumed).containsAll(answered);
        }
    }

    private static boolean takes(RunningJar service, String data) {
        return service.post("/workflow", "{\"data\":" + data + "}").statusCode() == 201;
    }

    @Test
    void killedInTheMiddleOfItsFirstStart() {
        for (int lines = 0; lines < 3; lines++) {
            RunningJar service = RunningJar.startFresh(folder, Map.of());
            int files = 5 + 300 * lines;
            Eventually.holds("the first start is under way", () -> filesIn(folder) > files);
            service.kill();
        }
        answered.clear();
        checkWithANewProcess();
    }

    private void killUnderLoad() {
        RunningJar service = RunningJar.start(folder, Map.of()).awaitListening();
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        List<Thread> producers = IntStream.range(0, PRODUCERS)
                .mapToObj(i -> Thread.startVirtualThread(() -> produce(service, i, enough)))
                .toList();
        Thread consumer = Thread.startVirtualThread(() -> consumeWhileItLives(service));
        await(enough);
        service.kill();
        producers.forEach(KillIT::join);
        join(consumer);
    }

    private void produce(RunningJar service, int producer, CountDownLatch enough) {
        for (int i = 0; service.isAlive(); i++) {
            String data = Integer.toString(producer * 1_000_000 + i);
            try {
                if (service.post("/workflow", "{\"data\":" + data + "}").statusCode() == 201) {
                    answered.add(data);
                    enough.countDown();
                }
            } catch (UncheckedIOException e) {
                // killed in the middle: that one was not answered
            }
        }
    }

    private void consumeWhileItLives(RunningJar service) {
        while (service.isAlive()) {
            try {
                consumeOne(service);
            } catch (UncheckedIOException e) {
                // killed in the middle
            }
        }
    }

    private boolean consumeOne(RunningJar service) {
        HttpResponse<String> response = service.get("/workflow/consume");
        if (response.statusCode() != 200) {
            return response.statusCode() == 204
                    && response.headers().firstValue("Retry-After").isPresent();
        }
        consumed.add(response.body().lines().skip(1).findFirst().orElseThrow());
        return true;
    }

    private void checkWithANewProcess() {
        try (RunningJar next = RunningJar.start(folder, Map.of()).awaitListening()) {
            assertThat(next.post("/workflow", "{\"data\":" + AFTERWARDS + "}").statusCode())
                    .isEqualTo(201);
            answered.add(AFTERWARDS);
            drain(next);
            assertThat(consumed).doesNotHaveDuplicates();
            // a claim that was committed when the kill cut its answer is consumed, and its data is still there
            String listed = next.get("/workflow?status=consumed").body();
            assertThat(dataIn(listed)).containsAll(answered);
            assertThat(next.get("/workflow?status=inserted").body()).isEqualTo("[]");
        }
    }

    private void drain(RunningJar service) {
        Eventually.holds("the queue is empty", () -> {
            while (consumeOne(service)) {
                // and the next
            }
            return service.get("/workflow?status=inserted").body().equals("[]");
        });
    }

    private static List<String> dataIn(String list) {
        return Pattern.compile("\"data\":(-?\\d+)")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private void killDatabase() throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postgresql/postmaster.pid"))
                .getFirst();
        Matcher number = NUMBER.matcher(pid);
        assertThat(number.find()).isTrue();
        ProcessHandle postmaster =
                ProcessHandle.of(Long.parseLong(number.group())).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    private static long filesIn(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
