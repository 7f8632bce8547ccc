package dev.workflow.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8CheckTest {
    private static int firstInvalid(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new Utf8Check(array).firstInvalid();
    }

    @Test
    void knowsTheEndsOfEachRange() {
        assertThat(firstInvalid()).isEqualTo(-1);
        assertThat(firstInvalid(0x01, 0x7F, 0xC2, 0x80, 0xDF, 0xBF, 0xE0, 0xA0, 0x80, 0xEF, 0xBF, 0xBF))
                .isEqualTo(-1);
        assertThat(firstInvalid(0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80, 0xF0, 0x90, 0x80, 0x80, 0xF4, 0x8F, 0xBF, 0xBF))
                .isEqualTo(-1);
    }

    @Test
    void namesTheFirstByteThatIsWrong() {
        assertThat(firstInvalid('a', 0xC0, 0x80)).isEqualTo(1);
        assertThat(firstInvalid('a', 'b', 0xE0, 0x9F, 0xBF)).isEqualTo(2);
        assertThat(firstInvalid(0xED, 0xA0, 0x80)).isZero();
        assertThat(firstInvalid(0xF0, 0x8F, 0xBF, 0xBF)).isZero();
        assertThat(firstInvalid(0xF4, 0x90, 0x80, 0x80)).isZero();
        assertThat(firstInvalid('a', 0x80)).isEqualTo(1);
        assertThat(firstInvalid('a', 0xFF)).isEqualTo(1);
        assertThat(firstInvalid('a', 0xE2, 0x82)).isEqualTo(1);
    }

    @Test
    void agreesWithTheJdk() {
        Random random = new Random(42);
        byte[] alphabet = {
            'a',
            0,
            (byte) 0x80,
            (byte) 0xBF,
            (byte) 0xC1,
            (byte) 0xC2,
            (byte) 0xE0,
            (byte) 0xA0,
            (byte) 0x9F,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0x90,
            (byte) 0x8F,
            (byte) 0xF4,
            (byte) 0xF5
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(8)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = alphabet[random.nextInt(alphabet.length)];
            }
            assertThat(new Utf8Check(bytes).firstInvalid()).isEqualTo(firstInvalidByJdk(bytes));
        }
    }

    private static int firstInvalidByJdk(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean error = decoder.decode(in, CharBuffer.allocate(16), true).isError();
        return error ? in.position() : -1;
    }

    @Test
    void noticesEscapesThatMayMatter() {
        assertThat(escapes("{\"a\":\"b\\n\"}")).isFalse();
        assertThat(escapes("{\"u\":\"u\"}")).isFalse();
        assertThat(escapes("{\"a\":\"\\u0041\"}")).isTrue();
        assertThat(escapes("{\"a\":\"\\\\u0041\"}")).isTrue();
    }

    private static boolean escapes(String json) {
        Utf8Check check = new Utf8Check(json.getBytes(StandardCharsets.UTF_8));
        assertThat(check.firstInvalid()).isEqualTo(-1);
        return check.escapes();
    }
}
