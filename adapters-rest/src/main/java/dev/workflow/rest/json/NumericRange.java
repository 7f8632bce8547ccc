package dev.workflow.rest.json;

import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's {@code numeric} can hold, decided on the spelling of a JSON number: up to 131072 digits before the point
 * and 16383 after it.
 */
final class NumericRange {
    static final String TOO_LARGE = "has more than 131072 digits before the decimal point";
    static final String TOO_FINE = "has more than 16383 digits after the decimal point";

    private static final long MAX_PLACE = 131_071;
    private static final long MAX_SCALE = 16_383;
    /** Zero has no size, but its exponent is read as an integer of 32 bits that may not be at its end. */
    private static final long MAX_ZERO_EXPONENT = 1_073_741_822;
    /** Beyond any limit, and far from overflowing in sums. */
    private static final long SATURATED = 1L << 40;

    private final char[] text;
    private final int end;
    private int position;
    private int integerDigits;
    private int fractionDigits;
    /** How many digits come before the first that is not 0, or -1. */
    private int leadingZeros = -1;

    private NumericRange(char[] text, int start, int length) {
        this.text = text;
        this.position = start;
        this.end = start + length;
    }

    /** Says what is wrong with a number, or null. */
    static @Nullable String flaw(char[] text, int start, int length) {
        return new NumericRange(text, start, length).flaw();
    }

    private @Nullable String flaw() {
        if (text[position] == '-') {
            position++;
        }
        integerDigits = digits();
        if (position < end && text[position] == '.') {
            position++;
            fractionDigits = digits();
        }
        long exponent = position < end ? exponent() : 0;
        if (fractionDigits - exponent > MAX_SCALE) {
            return TOO_FINE;
        }
        boolean tooLarge = leadingZeros < 0
                ? exponent > MAX_ZERO_EXPONENT
                : integerDigits - 1 - leadingZeros + exponent > MAX_PLACE;
        return tooLarge ? TOO_LARGE : null;
    }

    private int digits() {
        int start = position;
        while (position < end && text[position] >= '0' && text[position] <= '9') {
            if (leadingZeros < 0 && text[position] != '0') {
                leadingZeros = integerDigits + (position - start);
            }
            position++;
        }
        return position - start;
    }

    private long exponent() {
        position++;
        boolean negative = text[position] == '-';
        if (negative || text[position] == '+') {
            position++;
        }
        long exponent = 0;
        for (; position < end; position++) {
            exponent = Math.min(SATURATED, exponent * 10 + text[position] - '0');
        }
        return negative ? -exponent : exponent;
    }
}
