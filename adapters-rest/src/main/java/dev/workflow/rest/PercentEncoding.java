package dev.workflow.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoding (RFC 3986, section 2.1), read strictly. */
public final class PercentEncoding {
    private static final String IN_URI =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,;=:@/?";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /**
     * The text that is meant.
     *
     * @param text part of a request target, whose characters are bytes
     * @return empty when it is not UTF-8, or a percent sign begins no two digits
     */
    public static Optional<String> decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int octet = hexDigit(bytes, i + 1) * 16 + hexDigit(bytes, i + 2);
                if (octet < 0) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) octet;
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return utf8(Arrays.copyOf(bytes, length));
    }

    /** Part of a request target with what is no character of a URI (RFC 3986, section 2) encoded, and all else as it is. */
    public static String ofUri(String part) {
        StringBuilder uri = new StringBuilder(part.length());
        for (byte each : part.getBytes(StandardCharsets.ISO_8859_1)) {
            if (IN_URI.indexOf(each) >= 0) {
                uri.append((char) each);
            } else {
                uri.append('%').append(HEX.toHexDigits(each));
            }
        }
        return uri.toString();
    }

    /** A value that makes any sum with it negative when there is no digit. */
    private static int hexDigit(byte[] bytes, int index) {
        int digit = index < bytes.length ? Character.digit(bytes[index], 16) : -1;
        return digit < 0 ? -1000 : digit;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
