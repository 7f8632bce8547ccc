package dev.workflow.application;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The end of a process between two of its steps. Ports that are reached through it count as steps; at the chosen one the
 * process is gone, and whatever it would still have done does not happen.
 */
final class CrashPoint {
    /** Not an exception: nothing in the process can handle its own end. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed");
        }
    }

    private int stepsLeft;
    private boolean crashed;

    CrashPoint(int steps) {
        this.stepsLeft = steps;
    }

    static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE);
    }

    synchronized boolean hasCrashed() {
        return crashed;
    }

    <T> T through(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    step();
                    try {
                        Object result = method.invoke(real, arguments);
                        step();
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private synchronized void step() {
        if (crashed || stepsLeft-- == 0) {
            crashed = true;
            throw new Crash();
        }
    }
}
