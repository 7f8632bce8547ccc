package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

final class SqlStateTest {
    @ParameterizedTest
    @CsvSource({
        "22P05, BLAMES_A_MEMBER",
        "23505, BLAMES_A_MEMBER",
        "54001, BLAMES_A_MEMBER",
        "40001, ASKS_TO_REPEAT",
        "40P01, ASKS_TO_REPEAT",
        "08006, AWAY",
        "25006, AWAY",
        "40003, AWAY",
        "42501, AWAY",
        "53300, AWAY",
        "55P03, AWAY",
        "57014, AWAY",
        "57P01, AWAY",
        "58030, AWAY",
        "XX000, AWAY",
        "'', AWAY"
    })
    void whatAnErrorAsksFor(String state, SqlState expected) {
        assertThat(SqlState.of(new SQLException("", state))).isEqualTo(expected);
    }

    @Test
    void anErrorWithoutStateIsABrokenConnection() {
        assertThat(SqlState.of(new SQLException("Connection is closed"))).isEqualTo(SqlState.AWAY);
    }

    @Test
    void onlyAnErrorOfAServerThatGoesOnIsAnAnswer() {
        assertThat(SqlState.isAnswer(new IllegalStateException(ofServer("ERROR"))))
                .isTrue();
        assertThat(SqlState.isAnswer(ofServer("FATAL"))).isFalse();
        assertThat(SqlState.isAnswer(ofServer("PANIC"))).isFalse();
        assertThat(SqlState.isAnswer(new PSQLException("", PSQLState.CONNECTION_FAILURE)))
                .isFalse();
        assertThat(SqlState.isAnswer(new SQLException("Connection is closed"))).isFalse();
    }

    @Test
    void whereTheSeverityIsInAnotherLanguageTheStateTells() {
        for (String state : new String[] {"22P05", "23505", "40P01", "55P03", "57014"}) {
            assertThat(SqlState.isAnswer(ofServer("FEHLER", state))).as(state).isTrue();
        }
        for (String state : new String[] {"25P04", "53100", "57P01", "XX000"}) {
            assertThat(SqlState.isAnswer(ofServer("\u0412\u0410\u0416\u041d\u041e", state)))
                    .as(state)
                    .isFalse();
        }
    }

    private static PSQLException ofServer(String severity) {
        return ofServer(severity, "57014");
    }

    private static PSQLException ofServer(String severity, String state) {
        return new PSQLException(new ServerErrorMessage("S" + severity + "\0C" + state + "\0Mno\0"));
    }
}
