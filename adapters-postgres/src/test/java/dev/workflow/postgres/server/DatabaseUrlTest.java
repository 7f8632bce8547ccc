package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgres://h/d, jdbc:postgresql://h/d, -, -",
                "postgresql://h:5433/d, jdbc:postgresql://h:5433/d, -, -",
                "postgres://u@h/d, jdbc:postgresql://h/d, u, -",
                "postgres://u:p@h/d, jdbc:postgresql://h/d, u, p",
                "postgres://u:@h/d, jdbc:postgresql://h/d, u, ''",
                "postgres://:p@h/d, jdbc:postgresql://h/d, -, p",
                "postgres://u%40x:p%2Fa%3Ass%25+@h/d, jdbc:postgresql://h/d, u@x, p/a:ss%+",
                "postgres://u:p@ss:w@h/d, jdbc:postgresql://h/d, u, p@ss:w",
                "postgres://u:p/w@h/d, jdbc:postgresql://h/d, u, p/w",
                "postgres://u:%C3%A9@h/d, jdbc:postgresql://h/d, u, é",
                "postgres://u:p@h/my%20db, jdbc:postgresql://h/my+db, u, p",
                "postgres://u:p@h, jdbc:postgresql://h/, u, p",
                "postgres://u:p@[::1]:5432/d, jdbc:postgresql://[::1]:5432/d, u, p",
                "'postgres://u:p@h1:5432,h2/d', 'jdbc:postgresql://h1:5432,h2/d', u, p",
                "postgres://u:p@h/d?sslmode=require, jdbc:postgresql://h/d?sslmode=require, u, p",
                "postgres://h/d?user=u&password=p%26&sslmode=disable, jdbc:postgresql://h/d?sslmode=disable, u, p&",
                "postgres://h/d?target_session_attrs=read-write, jdbc:postgresql://h/d?targetServerType=primary, -, -",
                "postgres://h/d?application_name=a%20b, jdbc:postgresql://h/d?ApplicationName=a+b, -, -",
                "jdbc:postgresql://h/d?user=x, jdbc:postgresql://h/d?user=x, -, -",
                "' jdbc:postgresql://h/d\n', jdbc:postgresql://h/d, -, -",
                "jdbc:postgresql:?host=h&dbname=d, jdbc:postgresql:?host=h&dbname=d, -, -",
            })
    void reads(String text, String jdbcUrl, @Nullable String user, @Nullable String password) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url.jdbcUrl()).isEqualTo(jdbcUrl);
        assertThat(url.user()).isEqualTo(user);
        assertThat(url.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h/d",
                "mysql://u:secret@h/d",
                "jdbc:mysql://h/secret",
                "jdbc:postgresql://h:secret/d",
                "jdbc:postgresql://u:secret@h/d",
                "postgres://",
                "postgres:///secret",
                "postgres://u:secret@/d",
                "postgres://u:secret@h:port/d",
                "postgres://u:secret%@h/d",
                "postgres://u:secret%zz@h/d",
                "postgres://u:secret@h/d?sslmode",
                "postgres://u:secret@h/d?sslmod=require",
                "jdbc:postgresql://h/d?user=u&secret=p",
            })
    void refusesInOneLineWithoutSecrets(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageMatching(".+");
    }

    @Test
    void namesThePlaceAndNotThePassword() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:secret@db.example/orders?sslmode=require");
        assertThat(url.place()).isEqualTo("db.example:5432/orders");
        assertThat(url).hasToString("db.example:5432/orders");
    }

    @Test
    void otherCredentialsWin() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@h/d");
        assertThat(url.withCredentials("x", "y")).isEqualTo(new DatabaseUrl(url.jdbcUrl(), "x", "y"));
        assertThat(url.withCredentials("x", null)).isEqualTo(new DatabaseUrl(url.jdbcUrl(), "x", "p"));
        assertThat(url.withCredentials(null, null)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?user=u&sslmode=disable&password=p, jdbc:postgresql://h/d?sslmode=disable",
        "jdbc:postgresql://h/d?user=u,                            jdbc:postgresql://h/d",
    })
    void otherCredentialsWinOverParametersOfTheDriver(String text, String jdbcUrl) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url.withCredentials("x", "y")).isEqualTo(new DatabaseUrl(jdbcUrl, "x", "y"));
        assertThat(url.withCredentials(null, null)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u@h/d,              true",
        "postgres://h/d?user=u,         true",
        "jdbc:postgresql://h/d?user=u,  true",
        "postgres://h/d,                false",
        "postgres://:p@h/d,             false",
        "jdbc:postgresql://h/d,         false",
    })
    void knowsWhetherItNamesAUser(String text, boolean named) {
        assertThat(DatabaseUrl.parse(text).namesUser()).isEqualTo(named);
    }
}
