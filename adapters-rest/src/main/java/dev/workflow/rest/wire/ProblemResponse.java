package dev.workflow.rest.wire;

import dev.workflow.rest.json.ProblemJson;
import dev.workflow.rest.problem.Problem;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** An answer that no controller gives. */
final class ProblemResponse {
    private ProblemResponse() {}

    static FullHttpResponse of(Problem problem) {
        byte[] body = ProblemJson.of(problem);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.type().status()),
                Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        problem.allHeaders().forEach(response.headers()::set);
        return response;
    }
}
