/**
 * The queue on RabbitMQ. May use the domain and AMQP.
 *
 * <p>Two connections, one for publishing and one for taking, so that an alarm of the broker, which blocks whoever publishes,
 * never blocks a consumer. Each is a {@link dev.workflow.rabbitmq.Session} that lives until its first fault; a
 * {@link dev.workflow.rabbitmq.Link} keeps one alive.
 */
@NullMarked
package dev.workflow.rabbitmq;

import org.jspecify.annotations.NullMarked;
