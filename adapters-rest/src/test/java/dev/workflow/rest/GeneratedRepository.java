package dev.workflow.rest;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Content;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** As many workflows as one likes, made when they are asked for. */
public final class GeneratedRepository implements WorkflowRepository {
    private static final long SEVENTH_VERSION = 0x0197_0000_0000_7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final int rows;
    private final Content content;
    /** Where a page ends with a fault instead. */
    private volatile int failAt = Integer.MAX_VALUE;

    private volatile int most = Integer.MAX_VALUE;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger largestPage = new AtomicInteger();

    public GeneratedRepository(int rows, String data) {
        this.rows = rows;
        this.content = new Content(Utf8Text.of(data), List.of());
    }

    GeneratedRepository failingAt(int row) {
        failAt = row;
        return this;
    }

    /** Gives fewer rows than a page asks for, as stores do whose rows are large. */
    GeneratedRepository givingAtMost(int rowsOfPage) {
        most = rowsOfPage;
        return this;
    }

    /** How many rows were made so far, from all pages. */
    public int made() {
        return made.get();
    }

    int largestPage() {
        return largestPage.get();
    }

    static UUID id(int row) {
        return new UUID(SEVENTH_VERSION, VARIANT | row);
    }

    @Override
    public List<Workflow> page(Listing listing) {
        UUID after = listing.after();
        int start = after == null ? 0 : (int) (after.getLeastSignificantBits() & Integer.MAX_VALUE) + 1;
        int end = Math.min(rows, start + Math.min(most, listing.limit()));
        if (end > failAt) {
            throw new Fault.Unavailable("The database is away.");
        }
        made.addAndGet(end - start);
        largestPage.accumulateAndGet(end - start, Math::max);
        return IntStream.range(start, end)
                .mapToObj(row -> Workflow.submitted(id(row), content))
                .toList();
    }

    @Override
    public List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Workflow> find(UUID id) {
        return Optional.empty();
    }

    @Override
    public Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        throw new UnsupportedOperationException();
    }
}
