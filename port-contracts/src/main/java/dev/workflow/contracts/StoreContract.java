package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Content;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of a store have in common: an empty store for each test, and short words for what tests do to it. */
public abstract class StoreContract {
    protected static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());
    /** PostgreSQL's jsonb has no place for it. */
    protected static final String UNSTORABLE = "{\"a\":\"\\u0000\"}";

    /** Writes ids. */
    protected static final Form NAMES = new Form("names", StoreContract::names);

    /** Writes ids too, and passes for the form that is used when nothing else is asked for. */
    protected static final Form PLAIN = new Form(Form.PLAIN, StoreContract::names);

    /** When a message was queued that is older than no workflow. */
    private static final Instant NEWEST = Instant.parse("9999-01-01T00:00:00Z");

    protected static final Duration MINUTE = Duration.ofMinutes(1);

    private static Rendition names(List<Workflow> workflows) {
        return Rendition.of(Utf8Text.of(String.join(
                ",", workflows.stream().map(each -> each.id().toString()).toList())));
    }

    private StoreFixture fixture;

    /** A store that holds nothing. */
    protected abstract StoreFixture emptyStore();

    @BeforeEach
    void openStore() {
        fixture = emptyStore();
    }

    protected final StoreFixture store() {
        return fixture;
    }

    protected static Workflow workflow(String data, String... steps) {
        return Workflow.submitted(IDS.next(), new Content(Utf8Text.of(data), List.of(steps)));
    }

    protected static Submission submission(Workflow... workflows) {
        return new Submission(List.of(workflows), null);
    }

    /** Stores each text as a workflow of its own. */
    protected final List<Workflow> stored(String... data) {
        List<Workflow> workflows =
                Stream.of(data).map(each -> workflow(each, "fetch", "send")).toList();
        List<Submission> submissions =
                workflows.stream().map(each -> submission(each)).toList();
        assertThat(insert(submissions.toArray(Submission[]::new))).allMatch(SubmitOutcome.Stored.class::isInstance);
        return workflows;
    }

    protected final Workflow storedOne() {
        return stored("{\"a\":1}").getFirst();
    }

    /** Stores one and lets its message reach the queue. */
    protected final Workflow queuedOne() {
        Workflow workflow = storedOne();
        drainAll();
        return workflow;
    }

    protected final Workflow found(UUID id) {
        return fixture.workflows().find(id).orElseThrow();
    }

    /** Empties the outbox into a queue that takes everything. */
    protected final List<QueueEntry> drainAll() {
        List<QueueEntry> all = new ArrayList<>();
        fixture.outbox().drain(10_000, entries -> {
            all.addAll(entries);
            return allOf(entries);
        });
        return all;
    }

    protected static BitSet allOf(List<QueueEntry> entries) {
        BitSet published = new BitSet();
        published.set(0, entries.size());
        return published;
    }

    protected static Claim claimOf(Workflow... workflows) {
        return claimOf(Stream.of(workflows).map(Workflow::id).toList());
    }

    protected static Claim claimOf(List<UUID> ids) {
        return claimOf(ids, DeliveryTerms.finalIn(NAMES));
    }

    protected static Claim claimOf(List<UUID> ids, DeliveryTerms terms) {
        return new Claim(
                IDS.next(), ids.stream().map(id -> new QueueEntry(id, NEWEST)).toList(), terms);
    }

    protected static Claim claimOf(QueueEntry entry, Form form) {
        return new Claim(IDS.next(), List.of(entry), DeliveryTerms.finalIn(form));
    }

    protected static Claim leaseOf(Duration lease, Workflow... workflows) {
        List<UUID> ids = Stream.of(workflows).map(Workflow::id).toList();
        return claimOf(ids, new DeliveryTerms(NAMES, lease, null));
    }

    /** A key of everyone, and a request that always looks the same. */
    protected static RequestKey key(String key) {
        return new RequestKey("", key, "the request");
    }

    protected final List<SubmitOutcome> insert(Submission... submissions) {
        return fixture.workflows().insert(List.of(submissions)).stream()
                .map(Outcomes::fresh)
                .toList();
    }

    protected final List<ClaimOutcome> claim(Claim... claims) {
        return fixture.deliveries().claim(() -> List.of(claims)).stream()
                .map(Outcomes::fresh)
                .toList();
    }

    protected final ClaimOutcome claim(Workflow... workflows) {
        return claim(claimOf(workflows)).getFirst();
    }

    /** Stores one, lets its message reach the queue, and hands it over on a lease of a minute. */
    protected final Delivery leasedOne() {
        return leased(MINUTE, queuedOne());
    }

    protected final Delivery leased(Duration lease, Workflow... workflows) {
        return delivered(claim(leaseOf(lease, workflows)).getFirst()).delivery();
    }

    /** Hands a workflow over, and refuses it. */
    protected final void refused(Workflow workflow, Duration delay) {
        Outcomes.settle(fixture.deliveries(), leased(MINUTE, workflow).id(), new Verdict.Refuse(Set.of(), delay, "no"));
    }

    /** The same so many times. After five a workflow is dead. */
    protected final void worn(Workflow workflow, int times) {
        for (int i = 0; i < times; i++) {
            refused(workflow, Duration.ZERO);
        }
    }

    protected static ClaimOutcome.Delivered delivered(ClaimOutcome outcome) {
        assertThat(outcome).isInstanceOf(ClaimOutcome.Delivered.class);
        return (ClaimOutcome.Delivered) outcome;
    }

    /** Ages the store, and ends what has become due. */
    protected final int expireAfter(Duration time) {
        fixture.age(time);
        return fixture.upkeep().expire(1000);
    }
}
