// Pages of workflows: all that meet some criteria, and the dead ones.

import { call } from "./api.js";
import { attempt, chosen, element, go, link, load, onSubmit, query, time } from "./dom.js";
import { parts, workflow } from "./json.js";

const PAGE = 25;
/** Of the data, as far as a row could ever show it. */
const SNIPPET = 300;
const NONE = "There are none.";
const NEXT = /<[^?>]*\?([^>]*)>; rel="next"/;

const all = document.getElementById("workflows");
const filter = all.querySelector("form");
const filters = all.querySelector("details");
const dead = document.getElementById("dead");
const redrives = dead.querySelector("form");
const [redriveSelected, redriveAll] = redrives.querySelectorAll("button");
const selectAll = redrives.querySelector(".buttons input");

// A small screen shows workflows first.
filters.open = matchMedia("(min-width: 40rem)").matches;

export function showWorkflows({ parameters }) {
  filters.open ||= parameters.size > 0;
  for (const field of filter.querySelectorAll("[name]")) {
    const value = parameters.get(field.name) ?? "";
    field.value = field.type === "datetime-local" ? localTime(value) : value;
  }
  return load(all, async (signal) => {
    const said = await readPage(all, "/workflow", parameters, signal, (each) => [
      cell("State", state(each.state)),
      cell("Created", time(each.created_at)),
      cell("Steps", brief(...each.steps.flatMap((step, i) => [i > 0 ? " → " : "", chosen(step)]))),
      cell("Data", snippet(each.data)),
    ]);
    return said === NONE ? element("p", {}, said, " ", link("#/submit", "Submit one"), ".") : said;
  });
}

onSubmit(filter, () => {
  const asked = new URLSearchParams(query(filter));
  for (const field of filter.querySelectorAll("[type=datetime-local]")) {
    if (asked.has(field.name)) {
      asked.set(field.name, new Date(field.value).toISOString());
    }
  }
  go(`#/workflows${asked.size > 0 ? "?" : ""}${asked}`);
});

/** What an input of local time takes; empty for what is no time. */
function localTime(text) {
  const date = new Date(text);
  return isNaN(date) ? "" : new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The page of them that is on the screen. */
let page;

export function showDead({ parameters }) {
  page = parameters;
  return load(dead, readDead);
}

async function readDead(signal) {
  const said = await readPage(dead, "/workflow/dead", page, signal, (each) => [
    cell("Died", time(each.dead_at)),
    cell("Attempts", String(each.attempts)),
    cell("Last error", brief(chosen(each.last_error ?? ""))),
    cell("Data", snippet(each.data)),
  ]);
  for (const row of dead.querySelectorAll("tbody tr")) {
    const id = row.querySelector("a").textContent;
    row.prepend(cell("Select", element("input", { type: "checkbox", value: id, "aria-label": `Select ${id}` })));
  }
  selectAll.checked = false;
  redriveSelected.disabled = true;
  redrives.querySelector(".buttons").hidden = boxes().length === 0;
  return said;
}

const boxes = () => [...redrives.querySelectorAll("tbody input")];
const selected = () => boxes().filter((box) => box.checked).map((box) => box.value);

redrives.addEventListener("change", (event) => {
  if (event.target === selectAll) {
    boxes().forEach((box) => (box.checked = selectAll.checked));
  }
  redriveSelected.disabled = selected().length === 0;
});

onSubmit(redrives, () => redrive({ UUIDs: selected() }));
// It submits no form: Enter in a box would press it.
redriveAll.addEventListener("click", () => {
  if (confirm("Put all dead workflows back in the queue, also those on other pages?")) {
    redrive({ all: true });
  }
});

async function redrive(chosen) {
  await attempt(dead, async (signal) => {
    const { text } = await call("/workflow/dead/redrive", { method: "POST", json: JSON.stringify(chosen) });
    const { redriven, skipped, more } = JSON.parse(text);
    signal.throwIfAborted();
    await readDead(signal).catch(() => dead.querySelector("tbody").replaceChildren());
    return [
      `${count(redriven, "workflow")} put back in the queue.`,
      skipped.length > 0 ? `${skipped.length} were not dead any more.` : "",
      more ? "More are left: redrive again." : "",
    ].join(" ");
  });
  if (!dead.hidden) {
    // What had the focus is gone, or cannot be pressed any more.
    dead.querySelector("h1").focus();
  }
}

/** Answers how many there are. */
async function readPage(section, path, parameters, signal, cells) {
  const asked = new URLSearchParams({ limit: PAGE, order: "desc", ...Object.fromEntries(parameters) });
  const { headers, text } = await call(`${path}?${asked}`, { signal });
  const found = parts(text).map(workflow);
  section.querySelector("tbody").replaceChildren(...found.map((each) => row(each, cells(each))));
  section.querySelector("table").hidden = found.length === 0;
  const next = NEXT.exec(headers.get("Link") ?? "");
  section.querySelector(".pages").replaceChildren(...pages(section.id, parameters, next?.[1]));
  if (found.length === 0) {
    return parameters.size > 0 ? "There are none like this." : NONE;
  }
  return `${count(found.length, "workflow")}${next ? ", and more on the next page" : ""}.`;
}

function pages(view, parameters, next) {
  const first = new URLSearchParams(parameters);
  first.delete("after");
  return [
    ...(parameters.has("after") ? [link(`#/${view}?${first}`, "First page")] : []),
    ...(next ? [link(`#/${view}?${next}`, "Next page")] : []),
  ];
}

// Roles are said in full, since a style sheet that stacks the cells takes those of a table away.
const row = ({ UUID }, cells) =>
  element(
    "tr",
    { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, link(`#/workflow/${UUID}`, UUID)),
    ...cells,
  );

const cell = (name, ...content) => element("td", { role: "cell", "data-name": name }, ...content);

/** As much as leaves room for the next row. The whole is on the page of the workflow. */
const brief = (...content) => element("div", { class: "brief" }, ...content);

const snippet = (data) => element("code", {}, data.slice(0, SNIPPET));

export const state = (word) => element("span", { class: `state ${word}` }, word);

const count = (number, noun) => `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;
