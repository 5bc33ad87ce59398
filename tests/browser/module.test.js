// The package in Chromium as it ships, unbundled, against an endpoint of another origin: signed, with a clock that
// is off, from a worker, under the strict policy, and with no secret left anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdtemp, cp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "../../web/demo/server.js";
import { EXAMPLE } from "../../web/demo/sessions.js";
import { LIMIT, useStage } from "./browser.js";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const worker = `
import { createJobs } from "./index.js";
const jobs = await createJobs();
await jobs.import('{"JobId":"a","Status":"FAILED"}');
postMessage(jobs.query("status:failed").length);
`;

const stage = useStage({ jobs: 10 });
let folder;
let host;
let service;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekognition-jobs-"));
  await cp(dist, folder, { recursive: true });
  await writeFile(join(folder, "index.html"), "<!doctype html><html lang=en><title>A page</title>");
  await writeFile(join(folder, "worker.js"), worker);
  host = await startServer({ port: 0, jobs: 0, site: folder });
  service = await startServer({ port: 0, jobs: 250, strict: true });
}, LIMIT);
after(async () => {
  await host?.close();
  await service?.close();
  if (folder) await rm(folder, { recursive: true });
}, LIMIT);

const onHost = (options, work) => stage.onPage({ url: host.url, loaded: false, ...options }, work);

test("a module worker runs the engine", LIMIT, () =>
  onHost({}, async (page) => {
    const found = await page.evaluate(
      () => new Promise((resolve, reject) => {
        const started = new Worker("/worker.js", { type: "module" });
        started.onmessage = ({ data }) => resolve(data);
        started.onerror = (event) => reject(new Error(event.message));
      }),
    );
    assert.equal(found, 1);
  }));

test("another origin's jobs are listed, signed, past its pre-flight", LIMIT, () =>
  onHost({}, async (page) => {
    service.traffic.reset();
    const account = { endpoint: service.url, credentials: service.sessions.issue() };
    assert.equal(await page.evaluate(listSigned, account), 250);
    assert.ok(service.traffic.counters.preflights > 0);
    assert.equal(service.traffic.counters.refusedPreflights, 0);
  }));

for (const minutes of [10, -10]) {
  test(`a browser ${minutes} minutes off lists with one request more`, LIMIT, () =>
    onHost({ expected: /status of 400/ }, async (page) => {
      service.traffic.reset();
      await page.evaluate((offset) => {
        const realNow = Date.now;
        Date.now = () => realNow() + offset;
      }, minutes * 60_000);
      assert.equal(await page.evaluate(listSigned, { endpoint: service.url, credentials: EXAMPLE }), 250);
      assert.equal(service.traffic.counters.requests.ListMediaAnalysisJobs, 4);
    }));
}

test("a failing signed run leaves no secret in the page, its console, its storage or a URL", LIMIT, async () => {
  const credentials = {
    accessKeyId: "ASIDEXAMPLE",
    secretAccessKey: "secret-EXAMPLE-key-1234",
    sessionToken: "session-EXAMPLE-token-5678",
  };
  const seen = [];
  await onHost({ expected: /./ }, async (page) => {
    page.on("console", (message) => seen.push(message.text()));
    page.on("request", (request) => seen.push(request.url()));
    const left = await page.evaluate(async ({ endpoint, credentials }) => {
      const { createJobs } = await import("/index.js");
      const jobs = await createJobs({ endpoint, credentials });
      const error = await jobs.load().catch((reason) => reason);
      console.error(error, jobs, JSON.stringify(error));
      document.body.textContent = `${error} ${error.stack} ${JSON.stringify(error)}`;
      const databases = await indexedDB.databases();
      return [document.documentElement.outerHTML, location.href,
        JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie,
        JSON.stringify(databases), error.name].join("\n");
    }, { endpoint: service.url, credentials });
    seen.push(left);
    assert.match(left, /UnrecognizedClientException/);
  });
  for (const secret of Object.values(credentials)) {
    for (const text of seen) assert.ok(!text.includes(secret), text);
  }
});

async function listSigned({ endpoint, credentials }) {
  const { createJobs } = await import("/index.js");
  const jobs = await createJobs({ endpoint, region: "us-east-1", credentials });
  await jobs.load();
  const { size } = jobs;
  jobs.close();
  return size;
}
