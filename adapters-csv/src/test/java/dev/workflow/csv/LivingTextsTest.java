package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held is known, and what is not held any more is forgotten. */
class LivingTextsTest {
    private static final int HALF = 1 << 20;

    private final List<byte[]> held = new ArrayList<>();
    private int collections;

    @Test
    void texts_that_are_held_take_the_room() {
        LivingTexts texts = new LivingTexts(2 * HALF, this::collect);
        held.add(texts.allocate(HALF));
        held.add(texts.allocate(HALF));
        assertThat(collections).isZero();
        assertThatThrownBy(() -> texts.allocate(HALF))
                .isInstanceOfSatisfying(
                        NoRoom.class, full -> assertThat(full.bytes()).isEqualTo(HALF));
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void texts_that_were_made_elsewhere_take_the_room_too() {
        LivingTexts texts = new LivingTexts(2 * HALF, this::collect);
        held.add(new byte[2 * HALF]);
        texts.count(held.getFirst());
        texts.count(new byte[64 << 10]);
        assertThatThrownBy(() -> texts.count(new byte[HALF])).isInstanceOf(NoRoom.class);
        assertThatThrownBy(() -> texts.allocate(HALF)).isInstanceOf(NoRoom.class);
        held.clear();
        texts.count(new byte[HALF]);
    }

    @Test
    void texts_that_nobody_holds_any_more_make_room() {
        LivingTexts texts = new LivingTexts(2 * HALF, this::collect);
        held.add(texts.allocate(2 * HALF));
        held.clear();
        held.add(texts.allocate(HALF));
        held.add(texts.allocate(HALF));
        assertThatThrownBy(() -> texts.allocate(HALF)).isInstanceOf(NoRoom.class);
    }

    @Test
    void one_that_is_alone_may_be_larger() {
        LivingTexts texts = new LivingTexts(HALF, this::collect);
        held.add(texts.allocate(3 * HALF));
        assertThatThrownBy(() -> texts.allocate(HALF)).isInstanceOf(NoRoom.class);
        held.clear();
        assertThat(texts.allocate(3 * HALF)).hasSize(3 * HALF);
    }

    @Test
    void small_ones_are_not_counted() {
        LivingTexts texts = new LivingTexts(1, this::collect);
        held.add(texts.allocate(HALF));
        assertThat(texts.allocate(64 << 10)).hasSize(64 << 10);
        assertThatThrownBy(() -> texts.allocate((64 << 10) + 1)).isInstanceOf(NoRoom.class);
    }

    @Test
    void whoever_has_no_time_learns_at_once_whether_there_is_room() throws InterruptedException {
        LivingTexts texts = new LivingTexts(HALF, this::collect);
        held.add(texts.allocate(HALF));
        assertThat(texts.awaitRoom(HALF, 0)).isFalse();
        held.clear();
        assertThat(texts.awaitRoom(HALF, 0)).isTrue();
    }

    @Test
    void whoever_waits_goes_on_when_a_text_is_gone() throws InterruptedException {
        LivingTexts texts = new LivingTexts(HALF, this::collectTheSecondTime);
        held.add(texts.allocate(HALF));
        assertThat(texts.awaitRoom(HALF, Long.MAX_VALUE / 2)).isTrue();
        assertThat(collections).isGreaterThanOrEqualTo(2);
    }

    private void collect() {
        collections++;
        System.gc();
    }

    private void collectTheSecondTime() {
        if (collections == 1) {
            held.clear();
        }
        collect();
    }
}
