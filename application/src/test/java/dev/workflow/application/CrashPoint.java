package dev.workflow.application;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

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

    /**
     * Tells a story again and again, and ends the process at its first step, at its second and so on, until it comes to its end.
     *
     * @return how many steps it has
     */
    static int atEveryStep(Consumer<CrashPoint> story) {
        int step = -1;
        CrashPoint crash;
        do {
            crash = new CrashPoint(++step);
            story.accept(crash);
        } while (crash.hasCrashed());
        return step;
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
