package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.contracts.Corpora;
import dev.workflow.rest.json.JsonBytes;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Files of others, made to find what readers of JSON and of text get wrong. They lie beside the project, where there are any. */
final class CorpusTest extends ServiceTest {
    private static byte[] wrapped(byte[] data) {
        byte[] before = "{\"data\":".getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[before.length + data.length + 1];
        System.arraycopy(before, 0, body, 0, before.length);
        System.arraycopy(data, 0, body, before.length, data.length);
        body[body.length - 1] = '}';
        return body;
    }

    private Reply submitBytes(byte[] data) {
        return client.send("POST", "/workflow", BodyPublishers.ofByteArray(wrapped(data)), Client.JSON);
    }

    private static void each(List<Path> files, int atLeast, Check check) {
        assertThat(files).hasSizeGreaterThan(atLeast);
        assertThat(files).allSatisfy(file -> check.on(file, Files.readAllBytes(file)));
    }

    @FunctionalInterface
    private interface Check {
        void on(Path file, byte[] bytes) throws IOException;
    }

    @Test
    void validJsonIsTakenAndComesBackByteForByte() throws IOException {
        each(Corpora.files("json-test-suite/test_parsing", "y_.*\\.json"), 90, (file, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.strip().equals("null")) {
                submitBytes(bytes).isProblem(400, "invalid-field");
            } else if (file.toString().contains("null") && text.contains("\\u0000")) {
                submitBytes(bytes).isProblem(400, "unstorable-json");
            } else {
                Reply reply = submitBytes(bytes).is(201);
                String data = "\"data\":" + strip(text) + ",\"steps\":";
                assertThat(reply.text()).contains(data);
                assertThat(client.get("/workflow/" + reply.uuid()).text()).contains(data);
            }
        });
    }

    /** White space around a value is not part of it. */
    private static String strip(String json) {
        return json.replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "");
    }

    @Test
    void invalidJsonIsRefused() throws IOException {
        each(Corpora.files("json-test-suite/test_parsing", "n_.*\\.json"), 180, (file, bytes) -> {
            Reply reply = submitBytes(bytes);
            assertThat(reply.status()).as(file + " " + reply.text()).isEqualTo(400);
        });
    }

    @Test
    void whatReadersMayDecideIsDecidedWithoutAnError() throws IOException {
        each(Corpora.files("json-test-suite/test_parsing", "i_.*\\.json"), 30, (file, bytes) -> {
            Reply reply = submitBytes(bytes);
            assertThat(reply.status()).as(file + " " + reply.text()).isIn(201, 400);
            if (reply.status() == 201) {
                assertThat(client.get("/workflow/" + reply.uuid()).text())
                        .contains("\"data\":" + strip(new String(bytes, StandardCharsets.UTF_8)) + ",\"steps\":");
            }
        });
        each(
                Corpora.files("json-test-suite/test_transform", ".*\\.json"),
                10,
                (file, bytes) -> assertThat(submitBytes(bytes).status())
                        .as(file.toString())
                        .isIn(201, 400));
    }

    @Test
    void wholeFilesAsBodiesAreNoErrorEither() throws IOException {
        each(Corpora.files("json-test-suite/test_parsing", ".*\\.json"), 300, (file, bytes) -> {
            for (String target : new String[] {"/workflow", "/workflow/csv/preview"}) {
                assertThat(client.send("POST", target, BodyPublishers.ofByteArray(bytes), Client.JSON)
                                .status())
                        .as(file + " to " + target)
                        .isIn(200, 201, 400);
            }
        });
    }

    @Test
    void naughtyStringsDoNoHarmAnywhere() throws IOException {
        List<String> strings = new ArrayList<>();
        byte[] file = Files.readAllBytes(Corpora.folder("naughty-strings").resolve("blns.json"));
        try (JsonParser parser = new JsonFactory().createParser(file)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        assertThat(strings).hasSizeGreaterThan(400);
        strings.forEach(this::harmless);
    }

    private void harmless(String text) {
        String json = new String(new JsonBytes(64).string(text).toBytes(), StandardCharsets.UTF_8);
        String data = "{" + json + ":" + json + "}";
        Reply stored = client.post("/workflow", "{\"data\":" + data + "}").is(201);
        assertThat(stored.text()).contains("\"data\":" + data + ",");
        if (!text.isEmpty() && text.codePointCount(0, text.length()) <= 200) {
            String steps = "\"steps\":[" + json + "]";
            client.post("/workflow", "{\"data\":1," + steps + "}").is(201).says(steps);
        }
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        Stream<Executable> requests = Stream.of(
                () -> fine(client.get("/workflow/" + encoded)),
                () -> fine(client.get("/" + encoded)),
                () -> fine(client.get("/workflow/" + encoded + "/csv")),
                () -> fine(client.get("/problems/" + encoded)),
                () -> fine(client.get("/workflow?status=" + encoded)),
                () -> fine(client.get("/workflow?" + encoded + "=1")),
                () -> fine(client.get("/workflow?after=" + encoded + "&limit=1")),
                () -> fine(client.get("/workflow/" + stored.uuid() + "/csv?null=" + encoded + "&columns=" + encoded)),
                () -> fine(client.post("/workflow", text)),
                () -> fine(client.post("/workflow/csv/preview?delimiter=" + encoded, "1")));
        requests.forEach(request -> {
            try {
                request.execute();
            } catch (Throwable e) {
                throw new AssertionError(text, e);
            }
        });
    }

    private static void fine(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isLessThan(500);
    }
}
