package dev.workflow.bootstrap;

import java.util.Collection;

/** Closing what was opened, whatever fails on the way. */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void all(Collection<? extends AutoCloseable> resources) {
        resources.forEach(Closing::one);
    }

    static void one(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "Something did not close as it should.", e);
        }
    }
}
