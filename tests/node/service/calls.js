// What the tests of calls to the service share: Jobs that talk to scripted services, and what comes of a promise.

import assert from "node:assert/strict";
import { afterEach } from "node:test";
import * as entry from "rekognition-jobs";
import { createJobs, ServiceError } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { exception, fetchFrom, startService } from "./scripted_service.js";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";

export const LIMIT = { timeout: 30_000 };
export const EMPTY = { body: { MediaAnalysisJobs: [] } };
export const OPERATIONS = {
  listMediaAnalysisJobs: (jobs, options) => jobs.listMediaAnalysisJobs({}, options),
  getMediaAnalysisJob: (jobs, options) => jobs.getMediaAnalysisJob({ JobId: "a" }, options),
  paginateListMediaAnalysisJobs: (jobs, options) => jobs.paginateListMediaAnalysisJobs({}, options).next(),
  load: (jobs, options) => jobs.load(options),
  refresh: (jobs, options) => jobs.refresh(options),
};

failOnUnhandledRejections();

const toClose = [];
afterEach(async () => {
  for (const each of toClose.splice(0)) await each.close();
}, LIMIT);

export function closing(it) {
  toClose.push(it);
  return it;
}

/** Jobs that talk to a scripted service over HTTP. */
export async function talkingTo(answer, options = {}) {
  const service = closing(await startService(typeof answer === "function" ? answer : () => answer));
  return { service, jobs: closing(await createJobs({ endpoint: service.url, maxAttempts: 1, ...options })) };
}

/** Jobs that talk to a scripted `fetch`. */
export async function fetchingFrom(answer, options = {}) {
  const fetch = fetchFrom(typeof answer === "function" ? answer : () => answer);
  return { fetch, jobs: closing(await createJobs({ region: "us-east-1", fetch, ...options })) };
}

/** The reason that a promise rejects with. */
export async function reasonOf(promise) {
  const nothing = Symbol("nothing");
  const reason = await promise.then(
    () => nothing,
    (why) => why,
  );
  assert.notEqual(reason, nothing, "it was answered");
  return reason;
}

/** The reason again, once it is checked to be a ServiceError of that name. */
export async function failure(promise, name) {
  const error = await reasonOf(promise);
  assert.ok(error instanceof ServiceError, `${error?.stack ?? error}`);
  assert.equal(error.name, name, error.stack);
  assert.ok(error instanceof Error);
  if (Object.hasOwn(entry, name)) assert.ok(error instanceof entry[name], `${name} is its class`);
  assert.equal(typeof error.message, "string");
  return error;
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const tick = () => new Promise((resolve) => setImmediate(resolve));

export async function until(condition, what) {
  for (const start = Date.now(); !condition(); await sleep(2)) {
    assert.ok(Date.now() - start < 10_000, `waited in vain: ${what ?? condition}`);
  }
}

export async function pagesOf(iterable) {
  const pages = [];
  for await (const page of iterable) pages.push(page);
  return pages;
}

export const stored = (jobs) => [...jobs.query("", { sort: "id" })];

/** An account of `count` finished jobs, the newest first. */
export const accountOf = (count, prefix = "job") => ({
  jobs: Array.from({ length: count }, (_, i) =>
    wireJob(`${prefix}-${String(count - i).padStart(4, "0")}`, {
      CreationTimestamp: 1_690_000_000 + 10 * (count - i),
      CompletionTimestamp: 1_690_000_000 + 10 * (count - i) + 5,
    }),
  ),
});

/** A list whose pages and their tokens are told one by one: token → [page, next token]. */
export const walk =
  (pages) =>
  ({ body }) => {
    const page = pages[body.NextToken ?? ""];
    if (!page) return exception("InvalidPaginationTokenException");
    const [ids, NextToken] = page;
    return { body: { MediaAnalysisJobs: ids.map((id) => wireJob(id)), ...(NextToken !== undefined && { NextToken }) } };
  };
