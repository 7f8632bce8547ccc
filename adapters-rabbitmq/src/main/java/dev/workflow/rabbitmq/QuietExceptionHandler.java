package dev.workflow.rabbitmq;

import com.rabbitmq.client.impl.DefaultExceptionHandler;

/** The links tell about each end of a connection, in one line; the library's stack traces are for debugging. */
final class QuietExceptionHandler extends DefaultExceptionHandler {
    private static final System.Logger LOG = System.getLogger(QuietExceptionHandler.class.getName());

    @Override
    protected void log(String message, Throwable e) {
        LOG.log(System.Logger.Level.DEBUG, message, e);
    }
}
