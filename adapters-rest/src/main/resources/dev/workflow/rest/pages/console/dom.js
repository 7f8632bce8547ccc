// What views have in common. Texts from the API become text nodes, never markup.

import { Refused } from "./api.js";

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const link = (href, ...children) => element("a", { href }, ...children);

/**
 * Controls and formats, line and paragraph separators, and space at an end. Joiners count only after ASCII: other scripts and
 * emoji need them.
 */
const UNSEEN = /(^\s|\s$|(?<![^\0-\x7f])[\u200c\u200d]|(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])/u;

/** A text that somebody chose: it turns no text around it, and what could not be seen is spelled out. */
export function chosen(text) {
  const pieces = text.split(UNSEEN).map((piece, i) => (i % 2 === 0 ? piece : unseen(piece)));
  return element("bdi", { class: "chosen" }, ...pieces);
}

const unseen = (character) =>
  element("span", { class: "unseen" }, `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

/** In the reader's own zone and language; as it was sent when pointed at. */
export function time(text) {
  const shown = new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  return element("time", { datetime: text, title: text }, shown);
}

/** Fills a description list with pairs of a name and what stands for it; null is left out. */
export function describe(list, pairs) {
  list.replaceChildren(
    ...pairs
      .filter(([, value]) => value !== null)
      .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

/** What a form says, as a query string without what was left empty. */
export function query(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
}

/** Makes a form do its work in this page. */
export function onSubmit(form, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    work(event);
  });
}

/** Goes to a view, also when it is shown already. */
export function go(hash) {
  if (location.hash === hash) {
    window.dispatchEvent(new Event("hashchange"));
  } else {
    location.hash = hash;
  }
}

/** The newest work of each section, so that an older one that is done later changes nothing any more. */
const newest = new WeakMap();

/**
 * Does some work for a section and says in its output what came of it: what the work answers, or why it came to nothing.
 * The work gets a signal, which is aborted as soon as the section is to show something else.
 */
async function run(section, work, explain) {
  newest.get(section)?.abort();
  const controller = new AbortController();
  newest.set(section, controller);
  const output = section.querySelector("output");
  section.ariaBusy = "true";
  output.textContent = "One moment …";
  const said = await work(controller.signal).catch(explain);
  if (!controller.signal.aborted) {
    output.replaceChildren(said ?? "");
    section.ariaBusy = "false";
  }
}

/** For what somebody pressed; pressed again meanwhile, it is done once. */
export async function attempt(section, work) {
  if (section.ariaBusy !== "true") {
    await run(section, work, problem);
  }
}

/** For what fills a section: until that is there, nothing of what was there before is shown. */
export function load(section, work) {
  const place = section.querySelector(".loaded");
  place.hidden = true;
  return run(
    section,
    async (signal) => {
      const said = await work(signal);
      signal.throwIfAborted();
      place.hidden = false;
      return said;
    },
    (failure) => withRetry(problem(failure), failure, () => load(section, work)),
  );
}

/** Adds a button to what is said of a failure that may pass by itself. */
function withRetry(said, { status }, again) {
  if (status === 0 || status >= 500) {
    const button = element("button", { type: "button", class: "quiet" }, "Try again");
    button.addEventListener("click", () => {
      // The button goes: the focus is to stay near.
      said.closest("section").querySelector("h1, h2").focus();
      again();
    });
    said.append(element("p", {}, button));
  }
  return said;
}

function problem(failure) {
  if (!(failure instanceof Refused)) {
    return element("p", { class: "problem" }, `This page has a fault: ${failure.message}`);
  }
  const said = element("div", { class: "problem" }, element("strong", {}, failure.title), element("p", {}, failure.detail));
  if (failure.errors.length > 0) {
    said.append(element("ul", {}, ...failure.errors.map(place)));
  }
  if (failure.status === 401) {
    said.append(element("p", {}, "Enter a key at the top of this page."));
  }
  if (failure.retryAfter !== null) {
    said.append(element("p", {}, `It may work again in ${failure.retryAfter} s.`));
  }
  said.append(...(failure.advice ?? []));
  if (failure.type !== null) {
    said.append(element("p", {}, link(failure.type, "What this means")));
  }
  return said;
}

const place = ({ pointer, detail }) => element("li", {}, element("code", {}, pointer), " ", detail);
