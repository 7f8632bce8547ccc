package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {
    @ParameterizedTest
    @CsvSource({
        "amqp://mq,                        mq,        5672, /,      guest, guest",
        "amqp://mq/,                       mq,        5672, /,      guest, guest",
        "amqp://mq/%2F,                    mq,        5672, /,      guest, guest",
        "amqp://mq/orders,                 mq,        5672, orders, guest, guest",
        "amqp://mq/a%252Fb,                mq,        5672, a%2Fb,  guest, guest",
        "amqp://ann:secret@10.0.0.1:5999/v, 10.0.0.1, 5999, v,      ann,   secret",
        "amqp://ann:p%3A%40%2F+@mq,        mq,        5672, /,      ann,   p:@/+",
        "AMQP://mq,                        mq,        5672, /,      guest, guest",
        "amqps://mq,                       mq,        5671, /,      guest, guest",
        "'amqp://[::1]:5999',              '[::1]',   5999, /,      guest, guest",
    })
    void namesTheBroker(String uri, String host, int port, String virtualHost, String user, String password) {
        ConnectionFactory factory = BrokerUri.connectionFactory(uri);

        assertThat(factory.getHost()).isEqualTo(host);
        assertThat(factory.getPort()).isEqualTo(port);
        assertThat(factory.getVirtualHost()).isEqualTo(virtualHost);
        assertThat(factory.getUsername()).isEqualTo(user);
        assertThat(factory.getPassword()).isEqualTo(password);
        assertThat(factory.isSSL()).isEqualTo(uri.startsWith("amqps"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | must begin with amqp:// or amqps://",
                "localhost:5672                   | must begin with amqp:// or amqps://",
                "127.0.0.1:5672                   | must begin with amqp:// or amqps://",
                "http://ann:secret@mq             | must begin with amqp:// or amqps://",
                "amqp:mq                          | names no host",
                "amqp://                          | is no URI",
                "amqp:///v                        | names no host",
                "amqp://ann:secret@my_host        | names no host",
                "amqp://ann:secret@m q            | is no URI: Illegal character",
                "amqp://ann:secret@mq:0           | port",
                "amqp://ann:secret@mq:65536       | port",
                "amqp://ann:secret@mq/a/b         | %2F",
                "amqp://ann:secret:more@mq        | %3A",
                "amqp://ann@mq                    | both user and password",
                "amqp://:secret@mq                | both user and password",
                "amqp://ann:@mq                   | both user and password",
                "amqp://ann:secret@mq?heartbeat=5 | '?'",
                "amqp://ann:secret@mq/v#secret    | '#'",
            })
    void saysInOneLineWhatIsWrongAndKeepsThePassword(String uri, String expected) {
        assertThatThrownBy(() -> BrokerUri.connectionFactory(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("RABBITMQ_URI ")
                .contains(expected)
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "amq.workflow"})
    void badQueueNamesAreRefused(String name) {
        assertThatThrownBy(() -> new RabbitSettings(name, QueueType.CLASSIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RABBITMQ_QUEUE");
    }

    @Test
    void longQueueNamesAreRefused() {
        String longest = "é".repeat(127) + "e";

        assertThat(new RabbitSettings(longest, QueueType.CLASSIC).queue()).isEqualTo(longest);
        assertThatThrownBy(() -> new RabbitSettings(longest + "e", QueueType.CLASSIC))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
