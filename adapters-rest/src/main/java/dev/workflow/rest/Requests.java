package dev.workflow.rest;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What Micronaut's view of a request does not show as it is needed here. */
public final class Requests {
    private Requests() {}

    /** The request target as it was sent, percent-encoding and all. */
    public static String target(HttpRequest<?> request) {
        return netty(request).getNativeRequest().uri();
    }

    public static QueryParameters query(HttpRequest<?> request, Set<String> known) {
        return QueryParameters.of(target(request), known);
    }

    /** Refuses every query parameter. */
    public static void expectNoQuery(HttpRequest<?> request) {
        query(request, Set.of());
    }

    public static boolean isHead(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.HEAD;
    }

    /** The thread that writes the answer: what is done there needs no hand-over any more. */
    public static EventLoop eventLoop(HttpRequest<?> request) {
        return netty(request).getChannelHandlerContext().channel().eventLoop();
    }

    /** Tells whether the client has hung up, as far as that shows. */
    public static BooleanSupplier gone(HttpRequest<?> request) {
        Channel channel = netty(request).getChannelHandlerContext().channel();
        return () -> !channel.isActive();
    }

    /** Done when the connection is closed. */
    static ChannelFuture closed(HttpRequest<?> request) {
        return netty(request).getChannelHandlerContext().channel().closeFuture();
    }

    private static NettyHttpRequest<?> netty(HttpRequest<?> request) {
        return (NettyHttpRequest<?>) request;
    }
}
