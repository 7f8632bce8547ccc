package dev.workflow.bootstrap.architecture.broken.amqpinitsroom.application;

final class Send {
    com.rabbitmq.client.Channel channel;
}
