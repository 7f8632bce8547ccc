// JSON text taken apart without changing it: JSON.parse would make 1 of 1.0, and round integers of 20 digits.

const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const TOKEN = new RegExp(`${STRING}|[{}[\\],]`, "g");
const NAME = new RegExp(`^(${STRING})\\s*:\\s*`);

/** The texts between the outermost commas of an array or object. */
export function parts(text) {
  const found = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const opens = token === "{" || token === "[";
    const closes = token === "}" || token === "]";
    const ends = depth === 1 && (closes || token === ",");
    if (ends) {
      found.push(text.slice(start, index).trim());
    }
    if (ends || (opens && depth === 0)) {
      start = index + 1;
    }
    depth += opens - closes;
  }
  return found.filter(Boolean);
}

/** A workflow as values, but for its data, which stays text. */
export function workflow(text) {
  return Object.fromEntries(
    parts(text).map((part) => {
      const [head, quoted] = NAME.exec(part);
      const name = JSON.parse(quoted);
      const value = part.slice(head.length);
      return [name, name === "data" ? value : JSON.parse(value)];
    }),
  );
}
