package dev.workflow.rest.wire;

import dev.workflow.rest.wire.Conversation.End;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.PromiseNotifier;

/** The answers of one connection, whoever gives them, on their way to the client, and the connection's end after the last one. */
final class Outbound extends ChannelOutboundHandlerAdapter {
    private final Conversation conversation;
    private final Turns turns;
    private final IncomingRequest incoming;
    /** Whether the answer has no other end than that of the connection. */
    private boolean endsWithConnection;

    Outbound(Conversation conversation, Turns turns, IncomingRequest incoming) {
        this.conversation = conversation;
        this.turns = turns;
        this.incoming = incoming;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (conversation.isOver()) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpResponse response && isInterim(response)) {
            conversation.goAhead();
            var _ = ctx.write(message, promise);
        } else {
            writeAnswer(ctx, message, promise);
        }
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void writeAnswer(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            conversation.answer(response);
            endsWithConnection = delimitByItsEnd(response);
        }
        if (message instanceof LastHttpContent) {
            writeEnd(ctx, message, promise);
        } else {
            var _ = ctx.write(message, promise);
        }
    }

    /** Before HTTP/1.1 there are no chunks: a body of unknown length ends with the connection. */
    private static boolean delimitByItsEnd(HttpResponse response) {
        boolean chunked = response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (!chunked || response.protocolVersion().isKeepAliveDefault()) {
            return false;
        }
        response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        return true;
    }

    private void writeEnd(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        conversation.answered();
        incoming.free();
        if (conversation.endsWithThisAnswer()) {
            var _ = ctx.write(message, promise.unvoid().addListener(closing(ctx)));
            conversation.approach(End.OVER);
        } else {
            var _ = ctx.write(message, promise);
        }
    }

    /** A client that sends nothing more and stays all the same must not hold up the end of the service. */
    private GenericFutureListener<ChannelFuture> closing(ChannelHandlerContext ctx) {
        boolean onlyStays = conversation.isOpen() && !turns.isAwaited() && !incoming.isBodyComing();
        return onlyStays ? _ -> closeWholly(ctx) : ChannelFutureListener.CLOSE;
    }

    private static void closeWholly(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (conversation.isAnswering() && endsWithConnection) {
            // The cut body must not look whole, so the connection is reset.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        } else if (conversation.isParting()) {
            // Micronaut closes as well what it knows to be the last answer
            var _ = PromiseNotifier.cascade(ctx.channel().closeFuture(), promise);
            return;
        } else if ((!conversation.isOpen() || turns.isAwaited())
                && ctx.channel() instanceof SocketChannel socket
                && socket.isActive()) {
            conversation.approach(End.PARTING);
            Parting.begin(ctx, socket, promise);
            return;
        }
        var _ = ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        conversation.cut();
    }
}
