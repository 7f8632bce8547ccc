// The only way to the service: its public HTTP API.

const KEY = "workflow.key";
// The service begins its answers within 10 s; large ones take a while to arrive.
const PATIENCE_MS = 30_000;
const TYPE = /^\/problems\/[a-z-]+$/;

/** Tells "unauthorized" when a request was answered 401, and "changed" when one may have changed something. */
export const news = new EventTarget();

export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** A request that came to nothing. */
export class Refused extends Error {
  /** status: 0 where there was no answer. retryAfter: seconds, or null. errors: places in the body. */
  constructor({ status = 0, title, detail = "", type = "", errors = [] }, retryAfter = null) {
    super(detail);
    Object.assign(this, { status, title, detail, errors, retryAfter, type: TYPE.test(type) ? type : null });
  }
}

/** Answers {headers, file, text} of a 2xx, the file being the bytes as they came, and throws Refused for anything else, or an AbortError when nobody waits any more. */
export async function call(path, { method = "GET", json, headers = {}, signal } = {}) {
  const used = key.get();
  const { response, file, text } = await exchange(path, { method, body: json, headers: allHeaders(json, headers) }, signal);
  if (response.ok) {
    if (method !== "GET") {
      news.dispatchEvent(new Event("changed"));
    }
    return { headers: response.headers, file, text };
  }
  // What another key was refused says nothing of this one.
  if (response.status === 401 && used === key.get()) {
    news.dispatchEvent(new Event("unauthorized"));
  }
  throw refused(response, text);
}

/** Whatever the status. */
export async function exchange(path, options, signal) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(path, {
      ...options,
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    const file = await response.blob();
    return { response, file, text: await file.text() };
  } catch {
    signal?.throwIfAborted();
    const reading = (options.method ?? "GET") === "GET";
    throw new Refused({
      title: "The service does not answer",
      detail: reading
        ? "It is away, or cannot be reached from here."
        : "If this was to change something, it is not known whether it did.",
    });
  }
}

function allHeaders(json, headers) {
  const all = new Headers(headers);
  if (json !== undefined) {
    all.set("Content-Type", "application/json");
  }
  if (key.get() !== null) {
    // A header holds bytes, one a character; the service knows keys by their UTF-8.
    all.set("Authorization", `Bearer ${String.fromCharCode(...new TextEncoder().encode(key.get()))}`);
  }
  return all;
}

function refused(response, text) {
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  try {
    return new Refused(JSON.parse(text), retryAfter);
  } catch {
    // Something between here and the service answered.
    return new Refused({ status: response.status, title: `Answered ${response.status} ${response.statusText}` }, retryAfter);
  }
}
