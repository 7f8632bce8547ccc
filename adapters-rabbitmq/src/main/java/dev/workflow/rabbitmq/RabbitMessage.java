package dev.workflow.rabbitmq;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue.Message;

/** @param channel the one that delivered it; no other may settle it */
record RabbitMessage(QueueEntry entry, TakeChannel channel, long tag) implements Message {}
