package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQImpl;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Reasons that become part of a sentence. */
final class ReasonsTest {
    @Test
    void aReasonHasNoStopOfItsOwn() {
        assertThat(Reasons.of(new IOException("No. Not at all."))).isEqualTo("No. Not at all");
        assertThat(Reasons.of(new IOException("broken...\nby more"))).isEqualTo("broken");
        assertThat(Reasons.of(new IOException())).isEqualTo("the connection broke");
    }

    @Test
    void whatIsWrongForGoodNamesItsSetting() {
        assertThat(Reasons.of(new AuthenticationFailureException("ACCESS_REFUSED - Login was refused.")))
                .isEqualTo("it refuses the user or the password in RABBITMQ_URI");
        assertThat(Reasons.of(closed(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost nope not found")))
                .contains("virtual host in RABBITMQ_URI", "vhost nope not found");
        assertThat(Reasons.of(new IOException(closed(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - queue 'q' refused"))))
                .contains("user or the virtual host in RABBITMQ_URI", "queue 'q' refused");
        assertThat(Reasons.of(closed(AMQP.CONNECTION_FORCED, "CONNECTION_FORCED - broker forced")))
                .isEqualTo("CONNECTION_FORCED - broker forced");
        assertThat(Reasons.of(new SSLHandshakeException("PKIX path building failed")))
                .isEqualTo("RABBITMQ_URI asks for TLS, and that failed: PKIX path building failed");
    }

    private static ShutdownSignalException closed(int code, String text) {
        return new ShutdownSignalException(true, false, new AMQImpl.Connection.Close(code, text, 0, 0), null);
    }
}
