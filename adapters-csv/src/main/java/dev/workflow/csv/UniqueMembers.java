package dev.workflow.csv;

import dev.workflow.domain.csv.CsvShape;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rewrites a document in which a name is given twice, so that each is given once: with its last value, at the place of its first.
 * Only objects that are taken apart are touched; what is a cell stays as it was sent. Such documents are rare, so this is the one
 * place that holds one as a tree.
 */
final class UniqueMembers extends Visitor {
    private final Part.Container top = new Part.Container(false);
    private final Deque<Part.Container> open = new ArrayDeque<>();

    private UniqueMembers() {
        open.push(top);
    }

    /** Rewrites the document, or tells why it could not be read to its end. */
    static Walk.Ending rewrite(Document document, CsvShape shape, Columns columns) {
        UniqueMembers visitor = new UniqueMembers();
        Walk.Ending ending = new Walk(shape, columns, visitor).through(document);
        if (ending == Walk.Ending.COMPLETE) {
            boolean array = document.startsWith('[');
            document.json = new PartWriter(document.json)
                    .text(array ? visitor.top : visitor.top.elements().getFirst());
        }
        return ending;
    }

    private void add(Part part) {
        open.element().add(part);
    }

    @Override
    void cell(Path path, JsonTokens tokens) {
        int start = tokens.start();
        add(new Part.Slice(start, tokens.end()));
    }

    /** It was entered and left, and so is there already. */
    @Override
    void empty(Path path, String text) {}

    @Override
    boolean member(Path path, JsonTokens name, long object) {
        open.element().expect(name.text());
        return true;
    }

    @Override
    void enterObject() {
        enter(true);
    }

    @Override
    void enterArray() {
        enter(false);
    }

    private void enter(boolean object) {
        Part.Container container = new Part.Container(object);
        add(container);
        open.push(container);
    }

    @Override
    void leaveObject() {
        open.pop();
    }

    @Override
    void leaveArray() {
        open.pop();
    }
}
