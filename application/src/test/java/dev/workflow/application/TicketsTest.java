package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Who waits for what this instance has committed. */
class TicketsTest {
    private final Tickets tickets = new Tickets();

    @Test
    void nobodyWaitsForWhatIsPublished() {
        long nothing = tickets.ticket();
        assertThat(tickets.whenFurther(nothing)).isCompleted();

        tickets.commit();
        long first = tickets.ticket();
        tickets.further(first);

        assertThat(tickets.whenFurther(first)).isCompleted();
        assertThat(tickets.areAwaited()).isFalse();
    }

    @Test
    void whoWaitsIsToldOnceAnythingIsPublished() {
        tickets.commit();
        CompletionStage<Void> waiting = tickets.whenFurther(tickets.ticket());
        assertThat(waiting).isNotCompleted();
        assertThat(tickets.areAwaited()).isTrue();

        tickets.further(0);

        assertThat(waiting).isCompleted();
        assertThat(tickets.areAwaited()).isFalse();
        assertThat(tickets.publishedNow().test(tickets.ticket())).isFalse();
    }

    @Test
    void aTicketStandsForNothingThatCameLater() {
        tickets.commit();
        long early = tickets.ticket();
        tickets.commit();

        tickets.further(early);

        assertThat(tickets.publishedNow().test(early)).isTrue();
        assertThat(tickets.publishedNow().test(tickets.ticket())).isFalse();
    }

    @Test
    void whatWasPublishedStaysSo() {
        tickets.commit();
        tickets.further(tickets.ticket());

        tickets.further(0);

        assertThat(tickets.publishedNow().test(tickets.ticket())).isTrue();
    }

    @Test
    void aViewIsOfItsMoment() {
        tickets.commit();
        var before = tickets.publishedNow();

        tickets.further(tickets.ticket());

        assertThat(before.test(tickets.ticket())).isFalse();
    }
}
