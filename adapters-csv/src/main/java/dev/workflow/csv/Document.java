package dev.workflow.csv;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import org.jspecify.annotations.Nullable;

/** One JSON text of a table, and what the first pass learns about it. */
final class Document {
    /** What the rows of a document are. */
    enum Form {
        /** The root object, or the objects of a root array. */
        RECORDS,
        /** Values of any kind, in the column {@code value}. */
        VALUES,
        /** The whole text as one cell in the column {@code value}. */
        WHOLE
    }

    /** Null for JSON that belongs to no workflow. */
    final @Nullable Workflow workflow;

    byte[] json;

    /** What the walk takes it for, until it knows better. */
    Form form;

    Document(Utf8Text json, @Nullable Workflow workflow, Form form) {
        this.json = json.bytes();
        this.workflow = workflow;
        this.form = form;
    }

    /** Whether it was taken for an array of objects, and holds something else beside them. */
    boolean isMistaken() {
        if (form != Form.RECORDS || !startsWith('[')) {
            return false;
        }
        JsonTokens tokens = new JsonTokens(json);
        tokens.next();
        while (tokens.next() == JsonToken.START_OBJECT) {
            tokens.skip();
        }
        return tokens.current() != JsonToken.END_ARRAY;
    }

    /** Whether the first byte that is not white space is this one. */
    boolean startsWith(char c) {
        int at = 0;
        while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
        return at < json.length && json[at] == c;
    }
}
