// What the tests of Jobs in workers share: both modules, and outcomes of their calls in a form that can be compared.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach } from "node:test";
import { isNativeError } from "node:util/types";
import * as entry from "rekognition-jobs";
import { createJobs, createJobsInWorker } from "rekognition-jobs";

export const LIMIT = { timeout: 60_000 };
export const SCRIPT = new URL("../../../dist/jobs_worker.js", import.meta.url);

const toClose = [];
afterEach(() => {
  for (const each of toClose.splice(0)) each.close();
});

export function closing(it) {
  toClose.push(it);
  return it;
}

export const inWorker = async (options) => closing(await createJobsInWorker(options));
export const here = async (options) => closing(await createJobs(options));
export const MODULES = { here, inWorker };

const classes = Object.entries({ ...entry, ...globalThis, ...WebAssembly, DOMException }).filter(
  ([, each]) => typeof each === "function" && each.prototype instanceof Error,
);

/** The public class of an error, by its prototype: names can be set. */
export function classOf(error) {
  for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    const known = classes.find(([, { prototype }]) => at === prototype);
    if (known) return known[0];
  }
  return "Error";
}

/** What the platform says names its own variables and methods, which are no part of the interface. */
const isOfLanguage = (message) =>
  /^(Cannot (destructure|read)|.* is not (a function|iterable))|is locked|already been consumed/.test(message);

export function errorForm(error) {
  if (!(error instanceof Error)) return { thrown: error };
  const { cause, message } = error;
  const fields = { ...error };
  if (isOfLanguage(message)) delete fields.code;
  if (fields.$metadata?.requestId) fields.$metadata = { ...fields.$metadata, requestId: "some" };
  return {
    class: classOf(error),
    name: error.name,
    message: isOfLanguage(message) ? "of the language" : message,
    isNative: isNativeError(error),
    fields,
    ...(cause !== undefined && { cause: errorForm(cause) }),
    ...(error.errors && { errors: error.errors.map(errorForm) }),
  };
}

async function textsOf(stream) {
  const text = [];
  for await (const chunk of stream) text.push(Buffer.from(chunk).toString("latin1"));
  const whole = text.join("");
  return whole.length < 1e4 ? whole : [whole.length, createHash("sha256").update(whole).digest("hex")];
}

const isView = (value) => typeof value.rows === "function";
const told = ["summary", "rejected", "rejectedCount", "format", "notices", "fields", "size"];
const counts = ["both", "onlyHere", "onlyThere", "unchanged", "nowFlagged", "nowUnflagged", "otherLabels", "length"];
const picked = (value, names) => Object.fromEntries(names.map((name) => [name, value[name]]));

/** What can be compared of a value that a method gave. */
export async function plain(value) {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Blob)
    return { type: value.type, text: Buffer.from(await value.arrayBuffer()).toString("latin1") };
  if (value instanceof ReadableStream) return { stream: await textsOf(value) };
  if (value.results && isView(value.results)) return { ...value, results: await plain(value.results) };
  if ("unchanged" in value && isView(value)) return { ...picked(value, counts), rows: await value.rows(0, 1e6) };
  if (!isView(value)) return value;
  const ofResults = "rejectedCount" in value;
  const errors = ofResults && [value.summaryError, value.resultsError].map((each) => each && errorForm(each));
  return { ...(ofResults && { ...picked(value, told), errors }), length: value.length, rows: await value.rows(0, 1e6) };
}

/** What comes of a call: its value or its error. */
export async function outcomeOf(call) {
  try {
    return { value: await plain(await call()) };
  } catch (reason) {
    return { error: errorForm(reason) };
  }
}

/** What a call rejects with, soon. */
export async function reasonOf(promise, milliseconds = 5000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: "it hangs" })), milliseconds);
  });
  const nothing = Symbol("nothing");
  try {
    const reason = await Promise.race([
      promise.then(
        () => nothing,
        (why) => why,
      ),
      late,
    ]);
    assert.notEqual(reason, nothing, "it was answered");
    return reason;
  } finally {
    clearTimeout(timer);
  }
}

export const tick = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function until(condition, what) {
  for (const start = Date.now(); !(await condition()); await tick(5)) {
    assert.ok(Date.now() - start < 10_000, `waited in vain: ${what ?? condition}`);
  }
}
