package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FailedTriesTest {
    private final FailedTries tries = new FailedTries();

    @Test
    void theSecondIsToldAndThenOneAMinute() {
        assertThat(toldOf(150)).containsExactly(1, 61, 121);
    }

    @Test
    void afterASuccessTheSecondIsToldAgain() {
        assertThat(toldOf(2)).containsExactly(1);
        tries.succeeded();
        assertThat(toldOf(3)).containsExactly(1);
    }

    private List<Integer> toldOf(int count) {
        return IntStream.range(0, count)
                .filter(_ -> tries.worthTelling())
                .boxed()
                .toList();
    }
}
