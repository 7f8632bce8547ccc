package dev.workflow.rest;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Singleton;

/** What the contract says about every request is not for settings to change. */
@Singleton
final class ServerLimits implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private static final int MAX_REQUEST_LINE_BYTES = 16 << 10;
    private static final int MAX_HEADERS_BYTES = 32 << 10;

    private final Deadlines deadlines;
    private final CorsConfiguration cors;

    ServerLimits(Deadlines deadlines, CorsConfiguration cors) {
        this.deadlines = deadlines;
        this.cors = cors;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        server.setMaxRequestSize(RequestBody.MAX_BYTES);
        server.setMaxRequestBufferSize(RequestBody.MAX_BYTES);
        server.setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES);
        server.setMaxHeaderSize(MAX_HEADERS_BYTES);
        server.setMaxChunkSize(RequestBody.MAX_BYTES);
        server.setIdleTimeout(deadlines.idle());
        // Bodies are kept as they come, and go out under the length and entity tag that were computed for them.
        server.setRequestDecompressionEnabled(false);
        server.setCompressionThreshold(-1);
        // A raw { or a lone % in a target is for the reader of parameters to judge.
        server.setEscapeHtmlUrl(true);
        // Written for all answers in one place, together with what else they share.
        server.setDateHeader(false);
        // Behind a proxy Host is often a loopback name, and pages of the service itself send Origin.
        cors.setLocalhostPassThrough(true);
        return server;
    }
}
