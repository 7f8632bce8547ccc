// What people hand in: a workflow to be stored, and JSON to be seen as CSV.

import { Refused, call } from "./api.js";
import { attempt, element, link, load, onSubmit, query } from "./dom.js";
import { workflow } from "./json.js";
import { showTable } from "./workflow.js";

const submit = document.getElementById("submit");
const preview = document.getElementById("preview");

/** The body that was last sent without being answered for sure, and its key: sent again, it is stored once. */
let pending = {};

onSubmit(submit.querySelector("form"), ({ target: form }) =>
  attempt(submit, async () => {
    const json = body(form);
    if (pending.json !== json) {
      pending = { json, key: newKey() };
    }
    const headers = { "Idempotency-Key": pending.key };
    const { text } = await call("/workflow", { method: "POST", json, headers }).catch(advise);
    pending = {};
    form.reset();
    const { UUID } = workflow(text);
    return element("p", {}, "Stored as ", link(`#/workflow/${UUID}`, UUID), ".");
  }),
);

/** The data goes in as it was written. It must be a value of its own, or it could be more than data. */
function body(form) {
  const data = form.elements.data.value;
  try {
    JSON.parse(data);
  } catch (error) {
    const errors = [{ pointer: "#/data", detail: data.trim() === "" ? "is missing" : error.message }];
    throw new Refused({ title: "The data is not JSON", detail: "Nothing was sent.", errors });
  }
  const steps = form.elements.steps.value.split("\n").filter((step) => step.trim() !== "");
  return `{"data": ${data}, "steps": ${JSON.stringify(steps)}}`;
}

/** crypto.randomUUID is not there on a plain http address other than localhost. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join("-");

function advise(failure) {
  if (failure.status === 0 || failure.status === 503) {
    failure.advice = [element("p", {}, "Submit it again as it is: however often it arrives, it is stored once.")];
  } else {
    pending = {};
  }
  throw failure;
}

onSubmit(preview.querySelector("form"), ({ target: form }) =>
  load(preview, async (signal) => {
    const asked = new URLSearchParams(query(form));
    asked.delete("json");
    const json = form.elements.json.value;
    return showTable(preview, await call(`/workflow/csv/preview?${asked}`, { method: "POST", json, signal }));
  }),
);
