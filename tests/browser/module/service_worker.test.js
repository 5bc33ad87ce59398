// The package in a module service worker, as browser extensions have it, where import() is not allowed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer } from "../../../emulator/server.js";
import { hasResults, jobsLike } from "../../node/s3/s3_objects.js";
import { LIMIT, useStage } from "../browser.js";
import { startModuleHost } from "./module_host.js";

/** A service worker that answers each message with what the package's entry gives for it. */
const workerOf = (entry) => `
import { createJobs, sourceKind } from "./package/${entry}";
addEventListener("message", ({ data: { options, jobId }, ports: [port] }) => {
  const answer = (async () => {
    const jobs = await createJobs(options);
    const listed = (await jobs.load()).added;
    const results = await jobs.results(jobId);
    const image = await jobs.image([...results][0]["source-ref"]);
    const converted = (await jobs.import('{"job_id":"saved","status":"FAILED"}')).added;
    return { listed, images: results.size, bytes: image.size, converted, kind: await sourceKind("{}") };
  })();
  answer.then((value) => port.postMessage({ value }), (error) => port.postMessage({ error: error.message }));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
`;

const stage = useStage({ jobs: 10 });
let host;
let service;
before(async () => {
  host = await startModuleHost({ "whole.js": workerOf("worker.js"), "parts.js": workerOf("index.js") });
  service = await startServer({ port: 0, jobs: 250 });
}, LIMIT);
after(async () => {
  await host?.close();
  await service?.close();
}, LIMIT);

/** Registers the worker, sends it one message and returns its answer. */
async function ask({ script, message }) {
  const policy = trustedTypes.createPolicy("lit-html", { createScriptURL: (address) => address });
  const registration = await navigator.serviceWorker.register(policy.createScriptURL(script), { type: "module" });
  await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  registration.active.postMessage(message, [port2]);
  return answer;
}

async function answerOf(script) {
  const [job] = jobsLike(service, hasResults);
  const message = { options: { endpoint: service.url, s3Endpoint: `${service.url}s3` }, jobId: job.JobId };
  let answer;
  await stage.onPage({ url: host.url, loaded: false, expected: /Failed to load resource|import\(\)/ }, async (page) => {
    answer = await page.evaluate(ask, { script, message });
  });
  return answer;
}

test("rekognition-jobs/worker lists, reads results and images, and converts files", LIMIT, async () => {
  const { value, error } = await answerOf("/whole.js");
  assert.equal(error, undefined);
  const { listed, images, bytes, converted, kind } = value;
  assert.deepEqual({ listed, converted, kind }, { listed: 250, converted: 1, kind: "listing" });
  assert.ok(images > 0 && bytes > 0);
});

test("the other entry cannot load its parts there", LIMIT, async () => {
  const { error } = await answerOf("/parts.js");
  assert.match(error, /import\(\) is disallowed|Dynamic import not supported/);
});
