package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node alone never sends a message after the end of its consumer, so a channel of our own does. */
class LateMessagesTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void whatComesAfterTheEndOfItsConsumerIsGivenBack() throws Exception {
        new LateMessages(channel())
                .handleDelivery("group-0", new Envelope(7, false, "", ""), new AMQP.BasicProperties(), new byte[0]);

        assertThat(said).containsExactly("basicNack [7, false, true]");
    }

    private Channel channel() {
        return (Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Channel.class}, (channel, method, with) -> {
                    said.add(method.getName() + " " + Arrays.toString(with));
                    return null;
                });
    }
}
