// An abort ends a call at once, also while it waits for a part of the module that is loaded when first needed.
import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

const hooks = `
  export async function load(url, context, next) {
    if (/\\/(redaction|redirect|results|job_outputs)\\.js$/.test(url)) await new Promise(() => {});
    return next(url, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { createJobs, openResults } = await import("rekognition-jobs");

const LIMIT = { timeout: 20_000 };
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const refused = () =>
  new Response('{"__type":"AccessDeniedException","message":"no"}', {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.1" },
  });
const redirected = () => new Response(null, { status: 307, headers: { location: "https://example.com/" } });

const calls = {
  "a call that was refused": (signal) => withJobs(refused, (jobs) => jobs.listMediaAnalysisJobs({}, { signal })),
  "a load that was refused": (signal) => withJobs(refused, (jobs) => jobs.load({ signal })),
  "a call that was redirected": (signal) => withJobs(redirected, (jobs) => jobs.listMediaAnalysisJobs({}, { signal })),
  "an import that fails": (signal) => withJobs(refused, (jobs) => jobs.import(broken(), { signal })),
  "results of a job": (signal) => withJobs(refused, (jobs) => jobs.results("a", { signal })),
  "an image": (signal) => withJobs(refused, (jobs) => jobs.image("s3://bucket/key", { signal })),
  "results that are opened": (signal) => withJobs(refused, (jobs) => jobs.openResults("{}", { signal })),
  "results that are opened without jobs": (signal) => openResults("{}", { signal }),
};

function broken() {
  return new ReadableStream({
    async start(controller) {
      await new Promise(setImmediate);
      controller.error(new Error("of the source"));
    },
  });
}

async function withJobs(fetch, work) {
  const jobs = await createJobs({ region: "us-east-1", credentials, fetch: async () => fetch(), maxAttempts: 1 });
  await jobs.listMediaAnalysisJobs({}, { signal: AbortSignal.timeout(50) }).catch(() => {}); // its keys are known now
  return work(jobs);
}

for (const [name, call] of Object.entries(calls)) {
  test(name, LIMIT, async () => {
    const controller = new AbortController();
    const outcome = assert.rejects(call(controller.signal), (reason) => reason === controller.signal.reason);
    setTimeout(() => controller.abort(), 300);
    await outcome;
  });
}
