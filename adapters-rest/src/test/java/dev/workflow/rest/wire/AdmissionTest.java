package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.application.Lifecycle;
import dev.workflow.rest.Deadlines;
import dev.workflow.rest.metrics.RequestDurations;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(Admission.class.getName());
    private final EmbeddedChannel channel = new EmbeddedChannel(new Admission());

    @BeforeEach
    void listen() {
        logger.setFilter(line -> {
            logged.add(line);
            return false;
        });
    }

    @AfterEach
    void close() {
        logger.setFilter(null);
        channel.close();
    }

    @Test
    void saysOnceInOneLineThatNoConnectionCanBeTaken() {
        noFileIsLeft();
        noFileIsLeft();

        assertThat(logged).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).startsWith("New connections have to wait: Too many open files. ");
            assertThat(line.getThrown()).isNull();
        });
        channel.checkException();
    }

    @Test
    void triesAgainAfterAPause() {
        channel.freezeTime();
        noFileIsLeft();
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void whateverElseIsWrongGoesOn() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("a fault"));

        assertThatThrownBy(channel::checkException).hasMessage("a fault");
        assertThat(logged).isEmpty();
    }

    @Test
    void standsWhereConnectionsComeIn() {
        EmbeddedChannel listener = new EmbeddedChannel();
        Routes routes = new Routes(ConversationTest.noRoutes(), new RequestDurations());
        Deadlines deadlines = new Deadlines(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        new Connections(new Lifecycle(), routes, new BodyRoom(null), deadlines)
                .customizer()
                .specializeForChannel(listener, ChannelRole.LISTENER);

        assertThat(listener.pipeline().get(Admission.class)).isNotNull();
    }

    private void noFileIsLeft() {
        channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    }
}
