package dev.workflow.rest.wire;

import dev.workflow.application.Lifecycle;
import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.metrics.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers of one connection know together: how far the request is that was passed on, what its answer has to know of
 * it, and how near the connection's end is.
 */
final class Conversation {
    private final Lifecycle lifecycle;
    private final RequestTimes times;
    private Stage stage = Stage.IDLE;
    private End end = End.OPEN;
    /** What the answer is to be known by. */
    private @Nullable String id;
    /** Whether the client may be waiting for a go-ahead before it sends the body. */
    private boolean awaitsGoAhead;
    /** Whether the client said that it sends no request after this one. */
    private boolean lastRequest;

    /** How far a request is. */
    private enum Stage {
        /** There is none whose answer has not gone out as a whole. */
        IDLE,
        UNANSWERED,
        /** A part of the answer has gone out. */
        ANSWERING
    }

    /** How near the end of a connection is. */
    enum End {
        OPEN,
        /** Nothing more that comes is looked at. */
        AFTER_THIS_ANSWER,
        /** Nothing more is written, either. */
        OVER,
        /** What was written goes out, then only the client's end of it is open. */
        PARTING
    }

    Conversation(Lifecycle lifecycle, RequestTimes times) {
        this.lifecycle = lifecycle;
        this.times = times;
    }

    /** The head of a request is there. Answers with what the request is known by. */
    String ask(Route route, RequestMethod method, HttpHeaders headers) {
        stage = Stage.UNANSWERED;
        times.enter(route, method);
        lastRequest = headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        awaitsGoAhead = headers.contains(HttpHeaderNames.EXPECT);
        id = RequestIds.of(headers.get(RequestIds.HEADER));
        return id;
    }

    /** The client sends the body, or was told to. */
    void goAhead() {
        awaitsGoAhead = false;
    }

    /** The head of the answer goes out; it gets the headers that all have. */
    void answer(HttpResponse response) {
        stage = Stage.ANSWERING;
        // a client that gets an answer instead of a go-ahead may send the body or not, so nothing can be read after it
        if (awaitsGoAhead || lastRequest || !HttpUtil.isKeepAlive(response)) {
            approach(End.AFTER_THIS_ANSWER);
        }
        times.head(response.status().code());
        response.headers().set(RequestIds.HEADER, id == null ? RequestIds.make() : id);
        id = null;
        response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        if (endsWithThisAnswer()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /** The answer has gone out as a whole. */
    void answered() {
        stage = Stage.IDLE;
        times.end();
    }

    /** Nothing more goes out. An answer that is cut in the middle is one all the same. */
    void cut() {
        if (stage == Stage.ANSWERING) {
            times.end();
        }
        times.writtenOut(times.answered());
    }

    boolean isIdle() {
        return stage == Stage.IDLE;
    }

    boolean isAnswering() {
        return stage == Stage.ANSWERING;
    }

    /** The end only comes nearer: whoever writes the last of an answer may find that all is closed before the method returns. */
    void approach(End nearer) {
        if (nearer.compareTo(end) > 0) {
            end = nearer;
        }
    }

    /** Whether what comes is looked at. */
    boolean isOpen() {
        return end == End.OPEN;
    }

    boolean isOver() {
        return end.compareTo(End.OVER) >= 0;
    }

    boolean isParting() {
        return end == End.PARTING;
    }

    /** Whether the answer that is given now is the last one. */
    boolean endsWithThisAnswer() {
        return !isOpen() || lifecycle.isDraining();
    }
}
