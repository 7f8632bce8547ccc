package dev.workflow.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value as a plain tree, read by plain recursion: nothing here is shared with what is tested. */
sealed interface Json {
    /** As it was sent, without white space between tokens. */
    String raw();

    /** A name given twice has its last value at its first place. */
    record Obj(Map<String, Json> members, String raw) implements Json {}

    record Arr(List<Json> elements, String raw) implements Json {}

    record Text(String text, String raw) implements Json {}

    record Null() implements Json {
        @Override
        public String raw() {
            return "null";
        }
    }

    /** A number or a boolean. */
    record Word(String raw) implements Json {}

    static Json parse(String text) {
        return new Parser(text).value();
    }

    /** Takes valid JSON only. */
    final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Json value() {
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                default -> word();
            };
        }

        private char peek() {
            while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return text.charAt(at);
        }

        private Json object() {
            Map<String, Json> members = new LinkedHashMap<>();
            List<String> raw = new ArrayList<>();
            at++;
            while (peek() != '}') {
                Text name = string();
                expect(':');
                Json value = value();
                members.put(name.text, value);
                raw.add(name.raw + ":" + value.raw());
                skip(',');
            }
            at++;
            return new Obj(members, "{" + String.join(",", raw) + "}");
        }

        private Json array() {
            List<Json> elements = new ArrayList<>();
            at++;
            while (peek() != ']') {
                elements.add(value());
                skip(',');
            }
            at++;
            return new Arr(
                    elements,
                    "[" + String.join(",", elements.stream().map(Json::raw).toList()) + "]");
        }

        private Text string() {
            peek();
            int start = at++;
            StringBuilder characters = new StringBuilder();
            while (text.charAt(at) != '"') {
                characters.append(text.charAt(at) == '\\' ? escape() : text.charAt(at++));
            }
            return new Text(characters.toString(), text.substring(start, ++at));
        }

        private char escape() {
            char kind = text.charAt(at + 1);
            at += kind == 'u' ? 6 : 2;
            return switch (kind) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> (char) Integer.parseInt(text.substring(at - 4, at), 16);
                default -> kind;
            };
        }

        private Json word() {
            int start = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(start, at);
            return word.equals("null") ? new Null() : new Word(word);
        }

        private void expect(char c) {
            if (peek() != c) {
                throw new IllegalArgumentException(c + " expected at " + at);
            }
            at++;
        }

        private void skip(char c) {
            if (peek() == c) {
                at++;
            }
        }
    }
}
