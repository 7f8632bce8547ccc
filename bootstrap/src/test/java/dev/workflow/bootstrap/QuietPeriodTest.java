package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.bootstrap.Settings.Listen;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.netty.channel.EventLoopGroupConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.inject.qualifiers.Qualifiers;
import org.junit.jupiter.api.Test;

/** When the server stops, all requests have ended; Netty would look for more for two seconds, and the stop with it. */
class QuietPeriodTest {
    @Test
    void noneIsKeptByAnyGroupOfTheServer() {
        try (ApplicationContext context =
                ApplicationContext.run(Service.properties(new Listen(new Address("127.0.0.1", 0), null, true)))) {
            EventLoopGroupConfiguration accepting =
                    context.getBean(NettyHttpServerConfiguration.class).getParent();
            EventLoopGroupConfiguration serving = context.getBean(
                    EventLoopGroupConfiguration.class, Qualifiers.byName(EventLoopGroupConfiguration.DEFAULT));

            assertThat(accepting.getShutdownQuietPeriod()).isZero();
            assertThat(serving.getShutdownQuietPeriod()).isZero();
        }
    }
}
