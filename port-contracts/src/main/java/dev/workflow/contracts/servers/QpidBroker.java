package dev.workflow.contracts.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/** Apache Qpid Broker-J inside this JVM, in memory, for machines without RabbitMQ. Ignores the type that a queue is to have. */
public final class QpidBroker implements AmqpBroker {
    private static final String CONFIGURATION = """
            {
              "name": "test",
              "modelVersion": "8.0",
              "context": {"queue.behaviourOnUnknownDeclareArgument": "IGNORE"},
              "authenticationproviders": [{
                "name": "plain",
                "type": "Plain",
                "secureOnlyMechanisms": [],
                "users": [{"name": "guest", "type": "managed", "password": "guest"}]
              }],
              "ports": [{
                "name": "amqp",
                "port": "PORT",
                "bindingAddress": "127.0.0.1",
                "authenticationProvider": "plain",
                "protocols": ["AMQP_0_9_1"],
                "virtualhostaliases": [{"name": "default", "type": "defaultAlias"}]
              }],
              "virtualhostnodes": [{
                "name": "default",
                "type": "Memory",
                "defaultVirtualHostNode": "true",
                "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
              }]
            }
            """;

    private final SystemLauncher launcher = new SystemLauncher();
    private final int port = FreePort.any();

    private QpidBroker() {}

    public static QpidBroker start() {
        QpidBroker broker = new QpidBroker();
        try {
            Path configuration = Files.createTempFile("qpid-broker-", ".json");
            try {
                Files.writeString(configuration, CONFIGURATION.replace("PORT", Integer.toString(broker.port)));
                broker.launch(configuration);
            } finally {
                Files.delete(configuration);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return broker;
    }

    private void launch(Path configuration) {
        try {
            launcher.startup(Map.of(
                    SystemConfig.TYPE,
                    "Memory",
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    configuration.toUri().toString(),
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    false));
        } catch (Exception e) {
            throw new IllegalStateException("Qpid Broker-J did not start.", e);
        }
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    @Override
    public void close() {
        launcher.shutdown();
    }
}
