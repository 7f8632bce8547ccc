package dev.workflow.rest.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Listing;
import dev.workflow.rest.GeneratedRepository;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkflowPagesTest {
    private static List<Integer> pages(int rows, int bytes, int most) {
        GeneratedRepository repository = new GeneratedRepository(rows, "\"" + "x".repeat(bytes - 2) + "\"");
        WorkflowPages pages = new WorkflowPages(repository, Listing.ofAll(1));
        List<Integer> sizes = new ArrayList<>();
        for (int size = pages.next(most).size();
                size > 0;
                size = pages.next(most).size()) {
            sizes.add(size);
        }
        assertThat(repository.made()).isEqualTo(rows);
        return sizes;
    }

    @Test
    void growForSmallWorkflows() {
        assertThat(pages(4_100, 100, Integer.MAX_VALUE)).containsExactly(32, 2000, 2000, 68);
    }

    @Test
    void shrinkForLargeOnes() {
        assertThat(pages(40, 300_000, Integer.MAX_VALUE)).containsExactly(32, 3, 3, 2);
        assertThat(pages(35, 1_000_000, Integer.MAX_VALUE)).containsExactly(32, 1, 1, 1);
    }

    @Test
    void neverHoldMoreThanAskedFor() {
        assertThat(pages(10, 100, 4)).containsExactly(4, 4, 2);
    }

    @Test
    void endWithAPageThatIsFull() {
        assertThat(pages(2_032, 100, Integer.MAX_VALUE)).containsExactly(32, 2000);
        assertThat(pages(0, 100, Integer.MAX_VALUE)).isEmpty();
    }
}
