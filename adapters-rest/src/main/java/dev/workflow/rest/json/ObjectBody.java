package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.rest.problem.Wording;
import java.util.Map;
import java.util.function.Consumer;

/** An object whose members are known by their names, being read. */
final class ObjectBody {
    private final JsonTokens tokens;
    private final BodyFlaws flaws;
    private final Members members;
    private final Map<String, Consumer<JsonToken>> known;

    /** @param known by the name of a member, what reads its value, of which the first token is the current one */
    ObjectBody(JsonTokens tokens, BodyFlaws flaws, Map<String, Consumer<JsonToken>> known) {
        this.tokens = tokens;
        this.flaws = flaws;
        this.members = new Members(tokens, flaws);
        this.known = known;
    }

    void read() {
        JsonToken first = tokens.first();
        if (first != JsonToken.START_OBJECT) {
            flaws.invalid(tokens.pointer(), "is not an object.");
            tokens.skip(first, flaws);
            return;
        }
        while (tokens.next() == JsonToken.FIELD_NAME) {
            String name = tokens.text();
            members.enter(name);
            readMember(name);
        }
    }

    private void readMember(String name) {
        Consumer<JsonToken> reader = known.get(name);
        if (reader == null) {
            flaws.invalidMember(tokens, "is not known here. " + Wording.known(known.keySet()));
            tokens.skip(tokens.next(), flaws);
        } else {
            reader.accept(tokens.next());
        }
    }

    boolean has(String name) {
        return members.has(name);
    }
}
