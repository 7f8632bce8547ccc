package dev.workflow.application;

import dev.workflow.domain.Claim;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Requests that wait together, each paired with a workflow that the queue gave, as far as it gave enough. */
final class ConsumeRound {
    /** @param messages all that name the workflow: the broker may have delivered it twice */
    record Pair(ConsumeRequest request, Claim claim, List<Message> messages) {}

    private final List<ConsumeRequest> requests;
    private final TimeOrderedIds ids;
    private List<Message> messages = List.of();
    private List<Pair> pairs = List.of();

    ConsumeRound(List<ConsumeRequest> requests, TimeOrderedIds ids) {
        this.requests = requests;
        this.ids = ids;
    }

    /** Gives each workflow to the request that has waited longest. */
    List<Claim> pair(List<Message> taken) {
        messages = taken;
        Map<UUID, List<Message>> byWorkflow = new LinkedHashMap<>();
        for (Message message : taken) {
            byWorkflow
                    .computeIfAbsent(message.entry().workflowId(), id -> new ArrayList<>(1))
                    .add(message);
        }
        Iterator<ConsumeRequest> waiting = requests.iterator();
        pairs = byWorkflow.entrySet().stream()
                .map(each -> pair(waiting.next(), each.getKey(), each.getValue()))
                .toList();
        return pairs.stream().map(Pair::claim).toList();
    }

    private Pair pair(ConsumeRequest request, UUID workflow, List<Message> named) {
        return new Pair(request, new Claim(ids.next(), List.of(workflow), request.rendering()), named);
    }

    /** Every message that was taken. */
    List<Message> messages() {
        return messages;
    }

    List<Pair> pairs() {
        return pairs;
    }

    List<ConsumeRequest> requests() {
        return requests;
    }

    /** Those for whom the queue had nothing. */
    List<ConsumeRequest> emptyHanded() {
        return requests.subList(pairs.size(), requests.size());
    }
}
