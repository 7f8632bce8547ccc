package dev.workflow.postgres.server;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the database asks for. */
public enum SqlState {
    /** One member of the batch cannot be stored, and the others can. */
    BLAMES_A_MEMBER,
    /** Others were in the way; the same again may succeed. */
    ASKS_TO_REPEAT,
    /** The database is away, busy, or not as it should be. */
    AWAY;

    public static SqlState of(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return AWAY;
        }
        return switch (state) {
            case "40001", "40P01" -> ASKS_TO_REPEAT;
            default -> ofClass(state.substring(0, Math.min(2, state.length())));
        };
    }

    /** 22: data, 23: constraints, 54: limits of the server, such as nesting. */
    private static SqlState ofClass(String sqlClass) {
        return switch (sqlClass) {
            case "22", "23", "54" -> BLAMES_A_MEMBER;
            default -> AWAY;
        };
    }

    /** For the one who sent it: which of the things that JSON allows and PostgreSQL does not. */
    public static String explain(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "22P05" -> "It holds the character \\u0000, which cannot be stored.";
            case "22003" -> "It holds a number that is too large, too small or too long to be stored.";
            case "22P02" -> "It holds text that cannot be stored, such as half of a surrogate pair.";
            case "22021" -> "It is not UTF-8 throughout.";
            case "54001" -> "It is nested too deeply to be stored.";
            default -> "It cannot be stored.";
        };
    }

    /**
     * Whether the server itself refused and is still there: then nothing of the transaction was done. Some servers name the
     * severity in a language of their own; then those states tell that end no session.
     */
    public static boolean isAnswer(@Nullable Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof PSQLException answer) {
                ServerErrorMessage message = answer.getServerErrorMessage();
                return message != null
                        && switch (String.valueOf(message.getSeverity())) {
                            case "ERROR" -> true;
                            case "FATAL", "PANIC" -> false;
                            default -> endsNoSession(answer);
                        };
            }
        }
        return false;
    }

    /** 55P03: a lock was waited for too long, 57014: a statement took too long. */
    private static boolean endsNoSession(SQLException e) {
        return of(e) != AWAY || "55P03".equals(e.getSQLState()) || "57014".equals(e.getSQLState());
    }
}
