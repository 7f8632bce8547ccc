package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.model.Broker.Message;
import dev.workflow.contracts.model.Step.End;
import dev.workflow.contracts.model.Step.Order;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes messages and claims what they name, as an instance of the service does. */
final class Consuming {
    /**
     * A consumer, and the messages that were taken for it.
     *
     * @param newest of each workflow
     */
    record Pair(Order order, Claim claim, List<Message> newest, List<Message> messages) {}

    /** The instance is gone. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final World world;
    private final Claiming claiming;

    Consuming(World world) {
        this.world = world;
        this.claiming = new Claiming(world);
    }

    /** A batch holds a key once. */
    void consume(Step.Consume step) {
        Set<RequestKey.Name> names = new HashSet<>();
        List<Order> orders = step.orders().stream()
                .filter(each -> {
                    RequestKey key = termsOf(each).key();
                    return key == null || names.add(key.name());
                })
                .toList();
        orders.stream().filter(each -> each.key() != Step.NO_KEY).forEach(each -> {
            claiming.checkAnswered(termsOf(each));
            world.remember(() -> consume(new Step.Consume(List.of(each), End.NEVER)));
        });
        List<Pair> pairs = pairs(orders);
        if (step.end() == End.BEFORE_CLAIM) {
            crash(pairs);
        } else if (!pairs.isEmpty()) {
            claim(pairs, step.end());
        }
    }

    static DeliveryTerms termsOf(Order order) {
        boolean plain = order.plain() && order.max() == 1;
        Duration lease = order.lease() == 0 ? null : Duration.ofSeconds(order.lease());
        return new DeliveryTerms(
                new Form(plain ? Form.PLAIN : "other", Consuming::render),
                lease,
                World.key(order.key(), order.toString()));
    }

    /** Shows what a form may show of a workflow, but for times. */
    private static Rendition render(List<Workflow> workflows) {
        return Rendition.of(Utf8Text.of(workflows.stream()
                .map(each -> each.id() + " " + each.content().data() + Known.historyOf(each))
                .collect(Collectors.joining("\n"))));
    }

    private List<Pair> pairs(List<Order> orders) {
        List<Message> taken =
                world.broker.take(orders.stream().mapToInt(Order::max).sum());
        Iterator<Message> left = newest(taken).iterator();
        List<Pair> pairs = new ArrayList<>();
        for (Order order : orders) {
            List<Message> newest = new ArrayList<>();
            while (newest.size() < order.max() && left.hasNext()) {
                newest.add(left.next());
            }
            if (!newest.isEmpty()) {
                pairs.add(pair(order, newest, taken));
            }
        }
        return pairs;
    }

    /** One message of each workflow, in the order of the queue. */
    private static List<Message> newest(List<Message> taken) {
        List<Message> newest = new ArrayList<>();
        for (Message message : taken) {
            Predicate<Message> same = each -> each.workflowId().equals(message.workflowId());
            newest.removeIf(same.and(each -> each.statement() < message.statement()));
            if (newest.stream().noneMatch(same)) {
                newest.add(message);
            }
        }
        return newest;
    }

    private static Pair pair(Order order, List<Message> newest, List<Message> taken) {
        List<QueueEntry> entries = newest.stream().map(Message::entry).toList();
        Set<UUID> ids = newest.stream().map(Message::workflowId).collect(Collectors.toSet());
        List<Message> messages =
                taken.stream().filter(each -> ids.contains(each.workflowId())).toList();
        return new Pair(order, new Claim(World.IDS.next(), entries, termsOf(order)), newest, messages);
    }

    private void crash(List<Pair> pairs) {
        assertThatThrownBy(() -> world.store.deliveries().claim(() -> {
                    throw new Crash();
                }))
                .isInstanceOf(Crash.class);
        giveBack(pairs);
    }

    private void giveBack(List<Pair> pairs) {
        pairs.reversed().forEach(each -> world.broker.giveBack(each.messages()));
    }

    private void claim(List<Pair> pairs, End end) {
        List<Claim> claims = pairs.stream().map(Pair::claim).toList();
        List<Keyed<ClaimOutcome>> outcomes = world.store.deliveries().claim(() -> claims);
        assertThat(outcomes).hasSameSizeAs(claims);
        List<@Nullable Set<UUID>> kept = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            kept.add(claiming.check(pairs.get(i), outcomes.get(i)));
        }
        if (end == End.BEFORE_ACKNOWLEDGEMENT) {
            giveBack(pairs);
            return;
        }
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Set<UUID> left = kept.get(i);
            world.broker.giveBack(pairs.get(i).messages().stream()
                    .filter(each -> left == null || left.contains(each.workflowId()))
                    .toList());
        }
    }
}
