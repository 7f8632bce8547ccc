package dev.workflow.contracts.servers;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the one broker of its JVM, as an {@link AmqpBroker}, or as a {@link RabbitNode} when only that will do; without
 * RabbitMQ such a test is skipped. A start costs seconds, so all tests share it: each uses queues of its own, and leaves the
 * broker running.
 */
public final class SharedBroker implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);
    private static final AtomicInteger QUEUES = new AtomicInteger();

    /** A name that no other test of this JVM uses. */
    public static String uniqueQueue() {
        return "workflow-test-" + QUEUES.incrementAndGet();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == AmqpBroker.class || type == RabbitNode.class;
    }

    @Override
    public AmqpBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == RabbitNode.class) {
            Assumptions.assumeTrue(RabbitNode.isWanted(), "RabbitMQ is not installed");
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(AmqpBroker.class, key -> AmqpBroker.start(), AmqpBroker.class);
    }
}
