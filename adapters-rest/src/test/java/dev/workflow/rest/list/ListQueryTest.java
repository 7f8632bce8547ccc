package dev.workflow.rest.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ListQueryTest {
    /** A link ends at the first of these brackets. */
    @Test
    void aLinkToTheNextPageHasNoBracket() {
        UUID last = new UUID(1, 2);
        assertThat(ListQuery.next("/workflow", "/workflow?contains={\"a\":\"x>y\"}&limit=1", last))
                .isEqualTo("/workflow?contains=%7B%22a%22:%22x%3Ey%22%7D&limit=1&after=" + last);
    }
}
