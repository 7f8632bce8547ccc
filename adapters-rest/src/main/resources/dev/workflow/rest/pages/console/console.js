// Which view is shown, and with which key.

import { key, news } from "./api.js";
import { showDead, showWorkflows } from "./lists.js";
import { showDelivery, showWorkflow } from "./workflow.js";
import "./forms.js";
import { watch } from "./numbers.js";
import { go, onSubmit } from "./dom.js";

const nothing = () => {};
/** By the id of its section, which is the first word of the hash. */
const VIEWS = {
  workflows: showWorkflows,
  dead: showDead,
  workflow: showWorkflow,
  delivery: showDelivery,
  submit: nothing,
  preview: nothing,
};

/** The hash is the view with its criteria, so that it can be shared, and left by the back button. */
function route() {
  const [, name, id, criteria] = /^#\/?([^/?]*)\/?([^?]*)\??(.*)$/.exec(location.hash || "#/workflows");
  const view = Object.hasOwn(VIEWS, name) ? name : "nothing";
  document.querySelectorAll("main > section").forEach((section) => (section.hidden = section.id !== view));
  document.querySelectorAll("nav a").forEach((each) => {
    each.ariaCurrent = each.hash.slice(2) === view ? "page" : null;
  });
  const heading = document.querySelector(`#${view} h1`);
  document.title = [heading.textContent, id, "· Workflow"].filter(Boolean).join(" ");
  if (!document.activeElement.closest(".fields, #key")) {
    heading.focus();
  }
  VIEWS[view]?.({ id, parameters: new URLSearchParams(criteria) });
}

const form = document.getElementById("key");
const field = form.querySelector("input");
const forget = document.getElementById("forget");
const entry = form.querySelectorAll("label, button:not([type])");

/** As long as the key does, there is none to be entered. */
function showKey(wanted) {
  const used = key.get() !== null;
  form.hidden = !wanted && !used;
  entry.forEach((each) => (each.hidden = !wanted));
  forget.hidden = !used;
}

/** What was refused is asked for again. What was pressed is gone, which a browser notices too late: the focus is to stay near. */
function begin() {
  document.activeElement.blur();
  watch();
  go(location.hash);
}

news.addEventListener("unauthorized", () => showKey(true));
onSubmit(form, () => {
  key.set(field.value.trim());
  field.value = "";
  showKey(false);
  begin();
});
forget.addEventListener("click", () => {
  key.forget();
  showKey(true);
  begin();
  field.focus();
});

for (const place of [document.querySelector("#csv form"), document.querySelector("#preview .fields")]) {
  place.append(document.getElementById("csv-options").content.cloneNode(true));
}
window.addEventListener("hashchange", route);
// A link to what is shown already reads it again: by itself a browser would do nothing.
document.addEventListener("click", ({ target }) => {
  if (target.closest("a")?.getAttribute("href") === location.hash) {
    go(location.hash);
  }
});
showKey(false);
watch();
route();
