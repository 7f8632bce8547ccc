package dev.workflow.application;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Requests that wait together, each paired with workflows that the queue gave, as far as it gave enough. */
final class ConsumeRound {
    /** @param messages all that name one of the workflows: the broker may have delivered one twice */
    record Pair(ConsumeRequest request, Claim claim, List<Message> messages) {
        private boolean isPart() {
            return claim.entries().size() < request.max();
        }
    }

    private final List<ConsumeRequest> requests;
    private final TimeOrderedIds ids;
    private List<Message> messages = List.of();
    private List<Pair> pairs = List.of();
    private @Nullable Pair incomplete;

    ConsumeRound(List<ConsumeRequest> requests, TimeOrderedIds ids) {
        this.requests = requests;
        this.ids = ids;
    }

    /** How many workflows are asked for. */
    int wanted() {
        return requests.stream().mapToInt(ConsumeRequest::max).sum();
    }

    /**
     * Serves the requests in their order, each as far as there is something left for it.
     *
     * @param moreToCome whether a request that gets a part of what it asked for would rather ask again for all of it
     */
    List<Claim> pair(List<Message> taken, Predicate<ConsumeRequest> moreToCome) {
        messages = taken;
        Iterator<List<Message>> left = byWorkflow(taken).iterator();
        List<Pair> served = new ArrayList<>();
        for (int i = 0; i < requests.size() && left.hasNext(); i++) {
            served.add(pair(requests.get(i), left));
        }
        if (!served.isEmpty()
                && served.getLast().isPart()
                && moreToCome.test(served.getLast().request())) {
            incomplete = served.removeLast();
        }
        pairs = List.copyOf(served);
        return pairs.stream().map(Pair::claim).toList();
    }

    /** All that name the same workflow, the newest first. It decides, and it is where the workflow stands in the queue. */
    private static Collection<List<Message>> byWorkflow(List<Message> taken) {
        LinkedHashMap<UUID, List<Message>> byWorkflow = new LinkedHashMap<>();
        for (Message message : taken) {
            UUID id = message.entry().workflowId();
            List<Message> same = byWorkflow.get(id);
            if (same == null) {
                byWorkflow.put(id, new ArrayList<>(List.of(message)));
            } else if (isNewer(message, same.getFirst())) {
                same.addFirst(message);
                byWorkflow.putLast(id, same);
            } else {
                same.add(message);
            }
        }
        return byWorkflow.values();
    }

    private static boolean isNewer(Message message, Message other) {
        return message.entry().queuedAt().isAfter(other.entry().queuedAt());
    }

    private Pair pair(ConsumeRequest request, Iterator<List<Message>> left) {
        List<QueueEntry> entries = new ArrayList<>();
        List<Message> own = new ArrayList<>();
        while (entries.size() < request.max() && left.hasNext()) {
            List<Message> next = left.next();
            entries.add(next.getFirst().entry());
            own.addAll(next);
        }
        return new Pair(request, new Claim(ids.next(), entries, request.terms()), own);
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

    /** One that would rather ask again than get these. */
    Optional<Pair> incomplete() {
        return Optional.ofNullable(incomplete);
    }

    /** Whether the queue gave all that was asked for, so that it may have more. */
    boolean gotEnough() {
        return messages.size() >= wanted();
    }

    /** Those for whom nothing was left. */
    List<ConsumeRequest> emptyHanded() {
        return requests.subList(pairs.size() + (incomplete == null ? 0 : 1), requests.size());
    }
}
