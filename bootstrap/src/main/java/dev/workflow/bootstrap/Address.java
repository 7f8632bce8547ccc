package dev.workflow.bootstrap;

import dev.workflow.bootstrap.Variables.Variable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where to listen, and which variables say so.
 *
 * @param hostName the variable that was set, or would have to be
 * @param portName likewise
 */
record Address(String hostName, String host, String portName, int port) {
    private static final String HOST = "HOST";
    private static final String PORT = "PORT";
    private static final int DEFAULT_PORT = 8000;
    private static final int HIGHEST_PORT = 65_535;

    static Address of(Variables variables) {
        Variable host = variables.first(HOST, "MICRONAUT_SERVER_HOST").orElseGet(() -> new Variable(HOST, "127.0.0.1"));
        String portName = variables
                .first(PORT, "MICRONAUT_SERVER_PORT")
                .map(Variable::name)
                .orElse(PORT);
        return new Address(
                host.name(), host.value(), portName, variables.number(portName, DEFAULT_PORT, 0, HIGHEST_PORT));
    }

    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw notOfThisMachine(e);
        }
    }

    StartFailure openToAll() {
        return new StartFailure(hostName + " is \"" + host + "\", which others can reach, and there are no API keys: "
                + "set WORKFLOW_API_KEYS, or WORKFLOW_ANONYMOUS=true if anyone who can reach it may use it.");
    }

    /** Why nobody can listen there. Where no port of the host can be had, it is not the port that is wrong. */
    StartFailure refused(Exception cause) {
        try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return new StartFailure(
                    portName + " " + port + " of " + hostName + " " + host + " is taken or may not be used: set "
                            + portName + " to another one.",
                    cause);
        } catch (IOException e) {
            return notOfThisMachine(cause);
        }
    }

    private StartFailure notOfThisMachine(Exception cause) {
        return new StartFailure(
                hostName + " is \"" + host + "\", which is not an address of this machine: set " + hostName
                        + " to one that is, such as 127.0.0.1.",
                cause);
    }
}
