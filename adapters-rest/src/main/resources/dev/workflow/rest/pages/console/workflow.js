// One workflow, and one delivery.

import { Refused, call } from "./api.js";
import { attempt, chosen, describe, element, go, link, load, onSubmit, query, time } from "./dom.js";
import { workflow } from "./json.js";
import { state } from "./lists.js";

const NAME = /filename="([^"]+)"/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const section = document.getElementById("workflow");
const change = section.querySelector(".buttons button");
const redrive = document.getElementById("redrive");
const csv = document.getElementById("csv");
const options = csv.querySelector("form");
const delivery = document.getElementById("delivery");
/** The id, status and entity tag of what is on the screen. */
let shown;

/** Other names have meanings of their own in a path: "consume" would take the next workflow. */
function checked(id) {
  if (!UUID.test(id)) {
    throw new Refused({ status: 400, title: "Not a UUID", detail: `"${id}" names nothing that could be shown here.` });
  }
  return id;
}

export function showWorkflow({ id }) {
  return load(section, async (signal) => {
    const { headers, text } = await call(`/workflow/${checked(id)}`, { signal });
    show(workflow(text), headers.get("ETag"));
    showCsv();
  });
}

function show(read, tag) {
  shown = { id: read.UUID, status: read.status, tag };
  change.textContent = read.status === "consumed" ? "Put back in the queue" : "Mark consumed";
  redrive.hidden = read.state !== "dead";
  const at = (text) => text && time(text);
  describe(section.querySelector("dl"), [
    ["UUID", element("code", {}, read.UUID)],
    ["State", state(read.state)],
    ["Status", read.status],
    ["Steps", read.steps.length === 0 ? "none" : element("ol", {}, ...read.steps.map((step) => element("li", {}, chosen(step))))],
    ["Created", at(read.created_at)],
    ["Consumed", at(read.consumed_at)],
    ["Lease ends", at(read.lease_expires_at)],
    ["Delayed until", at(read.available_at)],
    ["Died", at(read.dead_at)],
    ["Attempts", String(read.attempts)],
    ["Last error", read.last_error && chosen(read.last_error)],
    ["Delivery", read.delivery_id && link(`#/delivery/${read.delivery_id}`, read.delivery_id)],
    ["ETag", element("code", {}, tag)],
  ]);
  document.getElementById("data").textContent = read.data;
}

change.addEventListener("click", () =>
  attempt(section, async (signal) => {
    const { id, status, tag } = shown;
    const wanted = status === "consumed" ? "inserted" : "consumed";
    const json = JSON.stringify({ status: wanted });
    const { headers, text } = await call(`/workflow/${id}`, { method: "PATCH", json, headers: { "If-Match": tag } }).catch(
      advise,
    );
    signal.throwIfAborted();
    show(workflow(text), headers.get("ETag"));
    return wanted === "consumed" ? "It is consumed now." : "It is back in the queue, behind all others.";
  }),
);

function advise(failure) {
  if (failure.status === 412) {
    const advice = "Something changed it since it was read for this page, so what you decided may not fit any more. Read it again.";
    failure.advice = [element("p", {}, advice)];
  }
  throw failure;
}

redrive.addEventListener("click", async () => {
  await attempt(section, async (signal) => {
    const { id } = shown;
    const json = JSON.stringify({ UUIDs: [id] });
    const answer = await call("/workflow/dead/redrive", { method: "POST", json });
    const { headers, text } = await call(`/workflow/${id}`, { signal });
    signal.throwIfAborted();
    show(workflow(text), headers.get("ETag"));
    return JSON.parse(answer.text).redriven === 1 ? "It is back in the queue, behind all others." : "It was not dead any more.";
  });
  if (redrive.hidden) {
    // The button is gone: the focus is to stay near.
    section.querySelector("h1").focus();
  }
});

document.getElementById("reload").addEventListener("click", () => go(location.hash));

const showCsv = () =>
  load(csv, async (signal) => showTable(csv, await call(`/workflow/${shown.id}/csv?${query(options)}`, { signal })));

options.addEventListener("change", showCsv);
onSubmit(options, showCsv);

/** Shows a text, and saves the bytes when asked. */
function showFile(place, { headers, file, text }) {
  const shown = place.querySelector(".file");
  shown.hidden = text === "";
  shown.querySelector("pre").textContent = text;
  const save = shown.querySelector("a");
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(file);
  save.download = NAME.exec(headers.get("Content-Disposition"))?.[1] ?? "";
}

/** Answers what there is to say of it. */
export function showTable(place, answer) {
  showFile(place, answer);
  return answer.text === "" ? "The CSV is empty: there are no columns." : "";
}

export function showDelivery({ id }) {
  return load(delivery, async (signal) => {
    const answer = await call(`/workflow/delivery/${checked(id)}`, { signal });
    const { headers } = answer;
    describe(delivery.querySelector("dl"), [
      ["Delivery", element("code", {}, id)],
      ["State", headers.get("Workflow-Delivery-State")],
      ["Workflows", link(`#/workflows?delivery_id=${id}`, headers.get("Workflow-Count"))],
      ["Form", headers.get("Content-Type")],
    ]);
    showFile(delivery, answer);
  });
}
