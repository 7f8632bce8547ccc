package dev.workflow.application;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A way to a broker on which others do not hear what is published. */
record Deaf(BrokerTwin broker) implements WorkflowQueue {
    @Override
    public CompletionStage<BitSet> publish(List<QueueEntry> entries) {
        return broker.publishUnheard(entries);
    }

    @Override
    public CompletionStage<List<Message>> take(int max) {
        return broker.take(max);
    }

    @Override
    public CompletionStage<Void> acknowledge(Collection<Message> messages) {
        return broker.acknowledge(messages);
    }

    @Override
    public CompletionStage<Void> giveBack(Collection<Message> messages) {
        return broker.giveBack(messages);
    }

    @Override
    public CompletionStage<Long> depth() {
        return broker.depth();
    }

    @Override
    public void onArrival(Runnable listener) {
        // hears nothing
    }
}
