package dev.workflow.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The files of the embedded database, which asks everybody for a password. That lies beside them, for their owner alone, from
 * the moment on at which the database knows it; until then it is drawn anew at each start. The files get their name once they
 * are whole, and nothing under that name is ever deleted.
 */
final class EmbeddedFiles {
    static final String USER = "postgres";
    private static final int PASSWORD_BYTES = 32;

    /** Iterations make up for passwords that people can remember. This one is random, and each connection would wait for them. */
    private static final String ITERATIONS = "scram_iterations=1";

    private static final String WHO_MAY_COME_IN = """
            # Everybody on this machine reaches the server. The password of "postgres" is in the folder above.
            local all all     scram-sha-256
            host  all all all scram-sha-256
            """;

    private final PostgresPrograms programs;
    private final Path folder;
    private final Path unfinished;
    private final Path password;
    private final Path drawn;

    EmbeddedFiles(PostgresPrograms programs, Path folder, DataDirectory directory) {
        this.programs = programs;
        this.folder = folder;
        this.unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        this.password = directory.resolve("password");
        this.drawn = directory.resolve("password.new");
    }

    /** Makes them fit for a server, whatever an earlier start has left. */
    void prepare() throws IOException {
        if (!Files.exists(folder.resolve("PG_VERSION"))) {
            make();
        } else if (!Files.exists(password)) {
            lock();
        }
    }

    /** A first start that was killed before its end may have left some that are unfinished. */
    private void make() throws IOException {
        Orphans.end("initdb", unfinished);
        Postmaster.of(unfinished).end(); // what it has just begun
        Folders.delete(unfinished);
        draw();
        programs.run(
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                drawn.toString(),
                "-c",
                ITERATIONS,
                "-E",
                "UTF8",
                "--locale=C");
        PrivateFiles.move(drawn, password);
        PrivateFiles.move(unfinished, folder);
    }

    /** Earlier versions let everybody in. No server runs meanwhile, and none will before this came to its end. */
    private void lock() throws IOException {
        Path next = folder.resolve("pg_hba.conf.new");
        PrivateFiles.write(next, WHO_MAY_COME_IN);
        PrivateFiles.move(next, folder.resolve("pg_hba.conf"));
        String drawnNow = draw();
        programs.tell(
                "ALTER ROLE " + USER + " PASSWORD '" + drawnNow + "'\n",
                "postgres",
                "--single",
                "-D",
                folder.toString(),
                "-c",
                ITERATIONS,
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "exit_on_error=on",
                "-c",
                "log_statement=none",
                "-c",
                "log_min_error_statement=panic",
                "-c",
                "fsync=on",
                "postgres");
        PrivateFiles.move(drawn, password);
    }

    private String draw() throws IOException {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        String text = HexFormat.of().formatHex(bytes);
        PrivateFiles.write(drawn, text + "\n");
        return text;
    }

    String password() throws IOException {
        return Files.readString(password).strip();
    }
}
