package dev.workflow.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that were found by asking PostgreSQL. */
final class NumericRangeTest {
    private static @Nullable String flaw(String number) {
        String around = "[" + number + ",";
        return NumericRange.flaw(around.toCharArray(), 1, number.length());
    }

    private static String zeros(int count) {
        return "0".repeat(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0e+5",
                "1E5",
                "1e+5",
                "1.5",
                "12345678901234567890",
                "0.1e0",
                "1e131071",
                "-9.99e131071",
                "10e131070",
                "0.1e131072",
                "0.01e131073",
                "1e-16383",
                "1.5e-16382",
                "0e-16383",
                "0e131072",
                "0e999999",
                "0.000e999999",
                "0e1073741822",
                "1e00000000000000000000000000000000001"
            })
    void holds(String number) {
        assertThat(flaw(number)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e131072",
                "-1e131072",
                "10e131071",
                "12345e131068",
                "0.1e131073",
                "1e99999999999999999999",
                "0e1073741823",
                "0.0e99999999999999999999"
            })
    void isTooLarge(String number) {
        assertThat(flaw(number)).isEqualTo(NumericRange.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-16384",
                "1.0e-16383",
                "10e-16384",
                "1.5e-16383",
                "0e-16384",
                "0.0e-16383",
                "1e-99999999999999999999"
            })
    void isTooFine(String number) {
        assertThat(flaw(number)).isEqualTo(NumericRange.TOO_FINE);
    }

    @Test
    void countsDigits() {
        assertThat(flaw("7".repeat(131_072))).isNull();
        assertThat(flaw("7".repeat(131_073))).isEqualTo(NumericRange.TOO_LARGE);
        assertThat(flaw("7".repeat(131_072) + "." + zeros(16_383))).isNull();
        assertThat(flaw("0." + zeros(16_383))).isNull();
        assertThat(flaw("0." + zeros(16_384))).isEqualTo(NumericRange.TOO_FINE);
        assertThat(flaw("0." + zeros(16_382) + "1")).isNull();
        assertThat(flaw("0." + zeros(16_383) + "1")).isEqualTo(NumericRange.TOO_FINE);
        assertThat(flaw("1." + zeros(16_384) + "e1")).isNull();
        assertThat(flaw("1." + zeros(20_000) + "e131071")).isNull();
        assertThat(flaw("1" + zeros(147_454) + "e-16383")).isNull();
        assertThat(flaw("1" + zeros(147_455) + "e-16383")).isEqualTo(NumericRange.TOO_LARGE);
        assertThat(flaw("1" + zeros(200_000) + "e-100000")).isEqualTo(NumericRange.TOO_FINE);
        assertThat(flaw("0." + zeros(100) + "1e131172")).isNull();
        assertThat(flaw("0." + zeros(100) + "1e131173")).isEqualTo(NumericRange.TOO_LARGE);
    }
}
