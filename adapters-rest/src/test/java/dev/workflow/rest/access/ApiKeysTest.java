package dev.workflow.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
    /** SHA-256 of "secret", as sha256sum prints it. */
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    /** SHA-256 of "other". */
    private static final String OTHER = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

    @Test
    void findsAKeyByItsSecretOnly() {
        ApiKeys keys =
                ApiKeys.parse("shop:producer:" + SECRET + ", night.run_2-b:admin:" + OTHER.toUpperCase(Locale.ROOT));

        assertThat(keys.all())
                .containsExactly(new ApiKey("shop", Role.PRODUCER), new ApiKey("night.run_2-b", Role.ADMIN));
        assertThat(keys.find("secret")).contains(new ApiKey("shop", Role.PRODUCER));
        assertThat(keys.find("other")).contains(new ApiKey("night.run_2-b", Role.ADMIN));
        assertThat(keys.find("Secret")).isEmpty();
        assertThat(keys.find(SECRET)).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void aSecretIsTheBytesThatWereSent() {
        // UTF-8 of ü, as a header shows it
        ApiKeys keys = ApiKeys.parse("a:viewer:607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f");

        assertThat(keys.all()).hasSize(1);
        assertThat(keys.find("\u00c3\u00bc")).isPresent();
    }

    @Test
    void aHolderMayHaveTwoSecretsForAWhile() {
        ApiKeys keys = ApiKeys.parse("a:viewer:" + SECRET + ",a:viewer:" + OTHER);

        assertThat(keys.find("secret")).isEqualTo(keys.find("other")).contains(new ApiKey("a", Role.VIEWER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:viewer | entry 1 is not of the form",
                "a:viewer:%1$s; b:viewer:%2$s | entry 1 is not of the form",
                "a:viewer:%1$s, | entry 2 is not of the form",
                "a:Viewer:%1$s | entry 1 needs the role",
                "a:root:%1$s | entry 1 needs the role",
                ":viewer:%1$s | entry 1 needs a name",
                "a b:viewer:%1$s | entry 1 needs a name",
                "a:viewer:secret | entry 1 needs the 64 hexadecimal digits",
                "a:viewer:%1$s0 | entry 1 needs the 64 hexadecimal digits",
                "a:viewer:E3B0C44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 | entry 1 has the SHA-256 of an empty key",
                "a:viewer:%1$s,a:admin:%2$s | entry 2 has the name of an earlier one, but another role",
                "a:viewer:%1$s,b:admin:%1$s | entry 2 has the SHA-256 of an earlier one"
            })
    void saysWhichEntryIsWrongAndNotWhatStandsThere(String entries, String message) {
        assertThatThrownBy(() -> ApiKeys.parse(entries.formatted(SECRET, OTHER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(SECRET);
    }
}
