package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AuthenticationFailureException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Reasons that become part of a sentence. */
final class ReasonsTest {
    @Test
    void aReasonHasNoStopOfItsOwn() {
        assertThat(Reasons.of(new AuthenticationFailureException(
                        "ACCESS_REFUSED - Login was refused. For details see the broker logfile.")))
                .isEqualTo("ACCESS_REFUSED - Login was refused. For details see the broker logfile");
        assertThat(Reasons.of(new IOException("broken...\nby more"))).isEqualTo("broken");
        assertThat(Reasons.of(new IOException())).isEqualTo("the connection broke");
    }
}
