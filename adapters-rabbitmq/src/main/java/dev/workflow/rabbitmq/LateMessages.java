package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;

/** In a cluster a message may come by another way than the end of its consumer, and after it: nobody waits for it any more. */
final class LateMessages extends DefaultConsumer {
    LateMessages(Channel channel) {
        super(channel);
    }

    @Override
    public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
            throws IOException {
        getChannel().basicNack(envelope.getDeliveryTag(), false, true);
    }
}
