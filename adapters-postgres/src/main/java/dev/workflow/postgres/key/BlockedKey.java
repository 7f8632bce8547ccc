package dev.workflow.postgres.key;

import java.sql.SQLException;

/** The transaction that took a key first is still under way. */
public final class BlockedKey extends SQLException {
    private static final long serialVersionUID = 1L;

    BlockedKey(SQLException cause) {
        super("A key is in the hands of another transaction.", cause.getSQLState(), cause);
    }
}
