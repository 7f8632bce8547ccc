package dev.workflow.rest.wire;

import dev.workflow.application.Lifecycle;
import dev.workflow.rest.Deadlines;
import dev.workflow.rest.metrics.Route;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.micronaut.http.server.netty.NettyServerCustomizer.Registry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Puts the handlers of this package on each connection. */
@Singleton
final class Connections implements BeanCreatedEventListener<Registry> {
    private final Lifecycle lifecycle;
    private final Routes routes;
    private final BodyRoom room;
    private final Duration requestTimeout;

    Connections(Lifecycle lifecycle, Routes routes, BodyRoom room, Deadlines deadlines) {
        this.lifecycle = lifecycle;
        this.routes = routes;
        this.room = room;
        this.requestTimeout = deadlines.request();
    }

    @Override
    public Registry onCreated(BeanCreatedEvent<Registry> event) {
        Registry registry = event.getBean();
        registry.register(customizer());
        return registry;
    }

    NettyServerCustomizer customizer() {
        return new ForAll();
    }

    private final class ForAll implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            if (role == ChannelRole.LISTENER) {
                channel.pipeline().addLast("admission", new Admission());
            }
            return role == ChannelRole.CONNECTION ? new ForOne(channel.pipeline()) : this;
        }
    }

    private final class ForOne implements NettyServerCustomizer {
        private final ChannelPipeline pipeline;

        ForOne(ChannelPipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public void onStreamPipelineBuilt() {
            RequestTimes times = new RequestTimes(Route::record);
            IncomingRequest incoming = new IncomingRequest(pipeline.channel().eventLoop(), requestTimeout, room);
            Conversation conversation = new Conversation(lifecycle, times);
            Turns turns = new Turns(conversation, incoming);
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            pipeline.addBefore(codec, "shared-flush", new SharedFlush(times));
            pipeline.addBefore(codec, "intake", new Intake(incoming, turns::isOpen));
            pipeline.addAfter(codec, "turns", turns);
            pipeline.addAfter("turns", "outbound", new Outbound(conversation, turns, incoming));
            pipeline.addAfter("outbound", "inbound", new Inbound(conversation, turns, incoming, routes));
        }
    }
}
