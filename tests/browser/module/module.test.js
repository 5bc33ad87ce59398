// The package in Chromium as it ships, unbundled, against an endpoint of another origin: signed, with a clock that
// is off, from a worker, under the strict policy, and with no secret left anywhere; and S3, with CORS rules or without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { hasResults, jobsLike } from "../../node/s3/s3_objects.js";
import { LIMIT, useStage } from "../browser.js";
import { startModuleHost } from "./module_host.js";

const worker = `
import { createJobs } from "./package/index.js";
const jobs = await createJobs();
await jobs.import('{"JobId":"a","Status":"FAILED"}');
postMessage(jobs.query("status:failed").length);
`;

/** What Chromium says of requests to S3 that a test lets fail. */
const REFUSED = { expected: /blocked by CORS policy|Same Origin Policy|Failed to load resource/ };

const stage = useStage({ jobs: 10 });
const buckets = {};
/** The account's time, which stands still; signatures are checked by the real one. */
const begun = Date.now();
let host;
let service;
before(async () => {
  host = await startModuleHost({ "worker.js": worker });
  service = await startServer({ port: 0, jobs: 250, strict: true, buckets, now: () => begun, clock: Date.now });
}, LIMIT);
after(async () => {
  await host?.close();
  await service?.close();
}, LIMIT);

const onHost = (options, work) => stage.onPage({ url: host.url, loaded: false, ...options }, work);

test("a module worker runs the engine", LIMIT, () =>
  onHost({}, async (page) => {
    const found = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          // The server's policy lets scripts' addresses through under this name alone.
          const policy = trustedTypes.createPolicy("lit-html", { createScriptURL: (address) => address });
          const started = new Worker(policy.createScriptURL("/worker.js"), { type: "module" });
          started.onmessage = ({ data }) => resolve(data);
          started.onerror = (event) => reject(new Error(event.message));
        }),
    );
    assert.equal(found, 1);
  }),
);

test("another origin's jobs are listed, signed, past its pre-flight", LIMIT, () =>
  onHost({}, async (page) => {
    service.traffic.reset();
    const account = { endpoint: service.url, credentials: service.sessions.issue() };
    assert.equal(await page.evaluate(listSigned, account), 250);
    assert.ok(service.traffic.counters.preflights > 0);
    assert.equal(service.traffic.counters.refusedPreflights, 0);
  }),
);

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
    }),
  );
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
    const left = await page.evaluate(
      async ({ endpoint, credentials }) => {
        const { createJobs } = await import("/package/index.js");
        const jobs = await createJobs({ endpoint, credentials });
        const error = await jobs.load().catch((reason) => reason);
        console.error(error, jobs, JSON.stringify(error));
        document.body.textContent = `${error} ${error.stack} ${JSON.stringify(error)}`;
        const databases = await indexedDB.databases();
        return [
          document.documentElement.outerHTML,
          location.href,
          JSON.stringify({ ...localStorage, ...sessionStorage }),
          document.cookie,
          JSON.stringify(databases),
          error.name,
        ].join("\n");
      },
      { endpoint: service.url, credentials },
    );
    seen.push(left);
    assert.match(left, /UnrecognizedClientException/);
  });
  for (const secret of Object.values(credentials)) {
    for (const text of seen) assert.ok(!text.includes(secret), text);
  }
});

test("where the part that keeps secrets out of errors cannot be loaded, nothing is told", LIMIT, () =>
  onHost({ expected: /./ }, async (page) => {
    await page.route("**/redaction.js", (route) => route.abort());
    const credentials = { ...service.sessions.issue(), sessionToken: "session-EXAMPLE-token-5678" };
    const error = await page.evaluate(
      async (options) => {
        const { createJobs, ServiceError } = await import("/package/index.js");
        const jobs = await createJobs(options);
        const reason = await jobs.load().catch((each) => each);
        return [reason instanceof ServiceError, reason.name, reason.message, reason.loaded.pages, String(reason.cause)];
      },
      { endpoint: service.url, credentials },
    );
    const message = "it failed, and what keeps secrets out of errors cannot be loaded";
    assert.deepEqual(error, [true, "NetworkError", message, 0, "undefined"]);
  }),
);

test("a bucket that allows pages is read, signed, past its pre-flight", LIMIT, () =>
  onHost({}, async (page) => {
    const { images, lines } = await readResults(page);
    assert.ok(images > 0);
    assert.equal(images, lines);
  }),
);

test("a bucket without CORS rules is told with the rule to add, which then lets the page in", LIMIT, () =>
  onHost(REFUSED, async (page) => {
    const { Bucket } = finishedJob().Results.S3Object;
    const { origin } = new URL(host.url);
    buckets[Bucket] = { cors: [] };
    const { name, message } = await readResults(page);
    assert.equal(name, "NetworkError");
    assert.ok(message.startsWith(`The bucket ${Bucket} answers, but does not let a page from ${origin} read`), message);
    const rules = JSON.parse(message.slice(message.indexOf("[{"), message.indexOf("}]") + 2));
    const document = await readFile(new URL("../../../docs/results.md", import.meta.url), "utf8");
    const [told] = /\[\n {2}\{\n {4}"AllowedOrigins"[^]*?\n\]/.exec(document);
    assert.deepEqual(rules, [{ ...JSON.parse(told)[0], AllowedOrigins: [origin] }], "docs/results.md says the same");
    buckets[Bucket] = { cors: rules };
    assert.ok((await readResults(page)).images > 0);
  }),
);

test("a host that does not answer, and a browser that is offline, are told as that", LIMIT, () =>
  onHost(REFUSED, async (page) => {
    const gone = await startServer({ port: 0, jobs: 0 });
    await gone.close();
    const { name, message } = await readResults(page, gone.url);
    assert.equal(name, "NetworkError");
    assert.ok(message.includes(`appears to be online, but ${new URL(gone.url).host} does not answer`), message);
    assert.doesNotMatch(message, /CORS/);

    await page.evaluate(() => Object.defineProperty(Navigator.prototype, "onLine", { get: () => false }));
    assert.match((await readResults(page, gone.url)).message, /^This browser is offline\. Could not read s3:\/\//);
  }),
);

async function listSigned({ endpoint, credentials }) {
  const { createJobs } = await import("/package/index.js");
  const jobs = await createJobs({ endpoint, region: "us-east-1", credentials });
  await jobs.load();
  const { size } = jobs;
  jobs.close();
  return size;
}

const finishedJob = () => jobsLike(service, hasResults, begun)[0];

/** What the page gets of a finished job: how many images, or the error. */
const readResults = (page, s3Endpoint = `${service.url}s3`) =>
  page.evaluate(
    async ({ JobId, ...options }) => {
      const { createJobs } = await import("/package/index.js");
      const jobs = await createJobs({ ...options, maxAttempts: 1 });
      try {
        const results = await jobs.results(JobId);
        return { images: results.size, lines: results.summary.statistics["valid-json-lines"] };
      } catch ({ name, message }) {
        return { name, message };
      } finally {
        jobs.close();
      }
    },
    { endpoint: service.url, s3Endpoint, credentials: service.sessions.issue(), JobId: finishedJob().JobId },
  );
