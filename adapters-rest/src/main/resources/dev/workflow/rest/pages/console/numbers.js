// How much there is of what, and how the service is: asked for again and again while somebody looks.

import { call, exchange, key, news } from "./api.js";

const EVERY_MS = 5_000;
const UNITS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];

const section = document.getElementById("numbers");
const readiness = document.getElementById("readiness");
let timer;
let asking = false;
/** Whether to ask once more when the answers are there. */
let again = false;
/** The key, or the lack of one, with which the numbers may not be seen. */
let refused;

/** Begins, or begins again with another key. */
export function watch() {
  refused = undefined;
  ask();
}

document.addEventListener("visibilitychange", ask);
news.addEventListener("changed", ask);

async function ask() {
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  // what is on its way may be older than what is asked for now
  again = asking;
  if (asking) {
    return;
  }
  asking = true;
  let waits;
  do {
    again = false;
    waits = await Promise.all([askReadiness(), askNumbers()]);
  } while (again);
  asking = false;
  timer = setTimeout(ask, Math.max(EVERY_MS, ...waits));
}

/** Both answer how many milliseconds the service wants to be left alone. */
async function askReadiness() {
  try {
    const { response, text } = await exchange("/health/readiness", {});
    const { status, phase } = JSON.parse(text);
    showReadiness(status, status === "down" && phase !== "serving" ? phase : status);
    return 1000 * response.headers.get("Retry-After");
  } catch {
    showReadiness("down", "away");
    return 0;
  }
}

const WORDS = {
  up: "Ready",
  degraded: "Degraded: the broker is away; workflows are stored and wait",
  down: "Not ready: the database is away",
  starting: "Not ready: starting",
  draining: "Draining: this instance is stopping",
  away: "The service does not answer",
};

function showReadiness(verdict, word) {
  // Screen readers speak whatever is written here, so only what is new is.
  if (readiness.textContent !== WORDS[word]) {
    readiness.textContent = WORDS[word] ?? word;
    readiness.className = verdict;
  }
}

async function askNumbers() {
  const used = key.get();
  if (used === refused) {
    return 0;
  }
  try {
    show(JSON.parse((await call("/workflow/stats")).text));
    return 0;
  } catch (failure) {
    show({}, `No numbers: ${failure.title ?? failure.message}.`);
    if (failure.status === 401 || failure.status === 403) {
      refused = used;
    }
    return 1000 * (failure.retryAfter ?? 0);
  }
}

function show(stats, said = "") {
  section.querySelectorAll("[data-count]").forEach((place) => {
    place.textContent = stats[place.dataset.count]?.toLocaleString(undefined, { maximumFractionDigits: 1 }) ?? "–";
  });
  section.querySelectorAll("[data-age]").forEach((place) => {
    place.textContent = age(stats[place.dataset.age]);
  });
  const hint = section.querySelector(".hint");
  if (hint.textContent !== said) {
    hint.textContent = said;
  }
}

/** In its two largest units: "2 h 5 min". */
function age(seconds) {
  if (seconds === null || seconds === undefined) {
    return "–";
  }
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first < 0) {
    return "under 1 s";
  }
  return UNITS.slice(first, first + 2)
    .map(([unit, size], i) => [Math.floor((i === 0 ? seconds : seconds % UNITS[first][1]) / size), unit])
    .filter(([amount]) => amount > 0)
    .map((each) => each.join(" "))
    .join(" ");
}
