package dev.workflow.csv;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvShape;
import org.jspecify.annotations.Nullable;

/**
 * Goes through documents and shows a visitor what is a record and what is a cell. Deep nesting costs it memory in proportion,
 * and no stack.
 */
final class Walk {
    /** Why a walk through a document ended. */
    enum Ending {
        COMPLETE,
        /** What was taken for an array of objects holds something else. */
        MIXED,
        /** The visitor did not want to go on. */
        STOPPED
    }

    private final boolean flattening;
    private final boolean indexing;
    private final Columns columns;
    private final Visitor visitor;
    private @Nullable Level innermost;
    private long opened;

    Walk(CsvShape shape, Columns columns, Visitor visitor) {
        this.flattening = shape.flatten();
        this.indexing = shape.arrays() == CsvArrays.INDEX;
        this.columns = columns;
        this.visitor = visitor;
    }

    Ending through(Document document) {
        innermost = null;
        JsonTokens tokens = new JsonTokens(document.json);
        Ending ending = through(tokens, document.form);
        if (ending == Ending.COMPLETE) {
            tokens.next(); // refuses what may follow
        }
        return ending;
    }

    private Ending through(JsonTokens tokens, Document.Form form) {
        JsonToken first = tokens.first();
        if (first == JsonToken.START_OBJECT && form == Document.Form.RECORDS) {
            return record(tokens, false);
        }
        if (first == JsonToken.START_ARRAY && form != Document.Form.WHOLE) {
            return rows(tokens, form);
        }
        return value(tokens);
    }

    private Ending rows(JsonTokens tokens, Document.Form form) {
        Ending ending = Ending.COMPLETE;
        while (ending == Ending.COMPLETE && tokens.next() != JsonToken.END_ARRAY) {
            ending = form == Document.Form.RECORDS ? record(tokens, true) : element(tokens);
        }
        return ending;
    }

    /** An object is a row even when it is empty, but for the one at the root. */
    private Ending record(JsonTokens tokens, boolean inArray) {
        if (tokens.current() != JsonToken.START_OBJECT) {
            return Ending.MIXED;
        }
        visitor.startRecord();
        Level level = open(columns.root(), Level.Kind.OBJECT);
        Ending ending = finish(tokens);
        return ending == Ending.COMPLETE && (inArray || level.count > 0) ? endRecord() : ending;
    }

    private Ending value(JsonTokens tokens) {
        visitor.startRecord();
        visitor.cell(columns.value(), tokens);
        return endRecord();
    }

    /** Of the elements of an array with mixed ones, only arrays may be more than a cell. */
    private Ending element(JsonTokens tokens) {
        if (tokens.current() != JsonToken.START_ARRAY) {
            return value(tokens);
        }
        visitor.startRecord();
        start(columns.value(), tokens);
        Ending ending = finish(tokens);
        return ending == Ending.COMPLETE ? endRecord() : ending;
    }

    private Ending endRecord() {
        return visitor.endRecord() ? Ending.COMPLETE : Ending.STOPPED;
    }

    private Ending finish(JsonTokens tokens) {
        for (Level level = innermost; level != null; level = innermost) {
            JsonToken token = tokens.next();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                close(level);
            } else if (level.kind != Level.Kind.OBJECT) {
                visitor.element();
                start(level.nextElement(columns), tokens);
            } else if (!member(level, tokens)) {
                return Ending.STOPPED;
            }
        }
        return Ending.COMPLETE;
    }

    private boolean member(Level level, JsonTokens tokens) {
        Path path = columns.member(level.path, tokens);
        level.count++;
        if (!visitor.member(path, tokens, level.number)) {
            return false;
        }
        tokens.next();
        start(path, tokens);
        return true;
    }

    private void start(Path path, JsonTokens tokens) {
        JsonToken token = tokens.current();
        if (token == JsonToken.START_OBJECT && flattening) {
            open(path, Level.Kind.OBJECT);
        } else if (token == JsonToken.START_ARRAY && indexing) {
            open(path, Level.Kind.INDEXED);
        } else if (token == JsonToken.START_ARRAY && columns.unwinds(path)) {
            open(path, Level.Kind.UNWOUND);
        } else {
            visitor.cell(path, tokens);
        }
    }

    private Level open(Path path, Level.Kind kind) {
        Level level = new Level(path, kind, ++opened, innermost);
        innermost = level;
        if (kind == Level.Kind.OBJECT) {
            visitor.enterObject();
        } else {
            visitor.enterArray();
        }
        return level;
    }

    private void close(Level level) {
        innermost = level.outside;
        if (level.kind == Level.Kind.OBJECT) {
            visitor.leaveObject();
        } else {
            visitor.leaveArray();
        }
        if (level.count == 0 && !level.path.isRoot()) {
            visitor.empty(level.path, level.emptyText());
        }
    }
}
