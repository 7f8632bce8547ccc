package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.rest.metrics.RequestDurations;
import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.metrics.Route;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RequestTimesTest {
    private final List<String> counted = new ArrayList<>();
    private final Route route = new RequestDurations().route("/workflow");
    private final Route other = new RequestDurations().route("/other");
    private final RequestTimes times = new RequestTimes((on, method, status, nanos) -> {
        assertThat(nanos).isBetween(1L, TimeUnit.MINUTES.toNanos(1));
        assertThat(on).isSameAs(method == RequestMethod.POST ? other : route);
        counted.add(method + " " + status);
    });
    private boolean stuck;
    private final EmbeddedChannel channel = new EmbeddedChannel(new SharedFlush(times)) {
        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!stuck) {
                super.doWrite(in);
            }
        }
    };

    private void answer(int status) {
        times.head(status);
        times.end();
    }

    @Test
    void anAnswerIsCountedOnceItIsOut() {
        times.enter(route, RequestMethod.GET);
        times.head(200);
        channel.writeOneOutbound("a part");
        channel.flush();
        channel.runPendingTasks();
        assertThat(counted).isEmpty();

        times.end();
        channel.writeOneOutbound("the end");
        assertThat(counted).isEmpty();
        channel.flush();
        channel.runPendingTasks();
        assertThat(counted).containsExactly("GET 200");
    }

    @Test
    void aClientThatReadsSlowlyIsWaitedFor() {
        stuck = true;
        times.enter(route, RequestMethod.GET);
        times.enter(other, RequestMethod.POST);
        answer(200);
        channel.writeOneOutbound("one");
        channel.flush();
        channel.runPendingTasks();
        answer(201);
        channel.writeOneOutbound("two");
        channel.flush();
        channel.runPendingTasks();
        assertThat(counted).isEmpty();

        stuck = false;
        channel.unsafe().flush(); // as the event loop does when the socket takes more
        assertThat(counted).containsExactly("GET 200", "POST 201");
        channel.checkException();
    }

    @Test
    void manyAtOnceKeepTheirOrder() {
        List<String> expected = new ArrayList<>();
        int answered = 0;
        for (int i = 0; i < 300; i++) {
            boolean even = i % 2 == 0;
            times.enter(even ? route : other, even ? RequestMethod.GET : RequestMethod.POST);
            if (i % 3 == 0) {
                answer(200 + answered++);
                times.writtenOut(times.answered());
            }
        }
        while (answered < 300) {
            answer(200 + answered++);
        }
        times.writtenOut(times.answered());
        for (int i = 0; i < 300; i++) {
            expected.add((i % 2 == 0 ? "GET " : "POST ") + (200 + i));
        }
        assertThat(counted).isEqualTo(expected);
    }

    @Test
    void anAnswerWithoutARequestIsNotCounted() {
        answer(408);
        times.writtenOut(times.answered());
        assertThat(counted).isEmpty();

        times.enter(route, RequestMethod.GET);
        answer(204);
        times.writtenOut(times.answered());
        times.writtenOut(times.answered());
        assertThat(counted).containsExactly("GET 204");
    }
}
