package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
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
            case AuthenticationFailureException _, PossibleAuthenticationFailureException _ ->
                "it refuses the user or the password in RABBITMQ_URI";
            case SSLException tls -> "RABBITMQ_URI asks for TLS, and that failed: " + line(tls);
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
            case AMQP.Connection.Close close
            when !signal.isInitiatedByApplication() -> ofClose(close.getReplyCode(), close.getReplyText());
            case AMQP.Channel.Close close
            when !signal.isInitiatedByApplication() -> ofClose(close.getReplyCode(), close.getReplyText());
            case null, default -> signal.getCause() == null ? "the connection was closed" : line(signal.getCause());
        };
    }

    private static String ofClose(int code, String text) {
        return switch (code) {
            case AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED ->
                "it refuses the user or the virtual host in RABBITMQ_URI: " + text;
            default -> text;
        };
    }

    private static String line(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null
                ? "the connection broke"
                : message.lines().findFirst().orElse("the connection broke");
    }
}
