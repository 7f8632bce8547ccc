package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of the client library in one line that an operator understands. */
final class Reasons {
    private static final Pattern TRAILING_STOPS = Pattern.compile("[.\\s]+$");

    private Reasons() {}

    /** Without a stop, since a sentence goes on or ends behind it. */
    static String of(Throwable failure) {
        return TRAILING_STOPS.matcher(text(failure)).replaceFirst("");
    }

    private static String text(Throwable failure) {
        return switch (failure) {
            case ShutdownSignalException signal -> ofShutdown(signal);
            case TimeoutException _ -> "no answer in time";
            case UnknownHostException unknown -> "unknown host " + unknown.getMessage();
            case Throwable wrapped
            when wrapped.getCause() instanceof ShutdownSignalException signal -> ofShutdown(signal);
            case Throwable wrapped when wrapped.getCause() instanceof TimeoutException _ -> "no answer in time";
            default -> line(failure);
        };
    }

    private static String ofShutdown(ShutdownSignalException signal) {
        return switch (signal.getReason()) {
            case AMQP.Connection.Close close when !signal.isInitiatedByApplication() -> close.getReplyText();
            case AMQP.Channel.Close close when !signal.isInitiatedByApplication() -> close.getReplyText();
            case null, default -> signal.getCause() == null ? "the connection was closed" : line(signal.getCause());
        };
    }

    private static String line(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null
                ? "the connection broke"
                : message.lines().findFirst().orElse("the connection broke");
    }
}
