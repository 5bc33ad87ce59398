// Every fault of the emulator on the first, a middle and the last page, once and until retries are out: the store
// ends with exactly the account's jobs, or with a typed error, all that came, and the place to go on from. The AWS SDK
// goes through the same, and a table shows both.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { paginateListMediaAnalysisJobs, RekognitionClient } from "@aws-sdk/client-rekognition";
import { createJobs, RepeatedTokenError, ServiceError } from "rekognition-jobs";
import { FAULT_KINDS, OBJECT_FAULT_KINDS } from "../../../emulator/faults/fault_plan.js";
import { startServer } from "../../../emulator/server.js";

const jobCount = 500;
const pageSize = 100;
const pages = { first: 1, middle: 3, last: 5 };
const requestTimeout = 1_000;
const runLimit = 40_000;
const mostRequests = 60;
const options = {
  drip: { overMs: 200 },
  skew: { minutes: 10 },
  "retry-after": { retryAfterMs: 50 },
  refusal: { name: "AccessDeniedException" },
};

/** What is right for a fault that strikes once, where it is not that all jobs are there in the end. */
const shortLists = new Set(["empty-token", "null-token"]);

/** Faults that no repetition helps against: a load ends with their error and the place to go on from. */
const finalOnes = new Set(["refusal"]);
/** What only S3 and Cognito have. */
const ofOthers = new Set([...OBJECT_FAULT_KINDS, "deleted-identity"]);

const rows = [];
after(() => printTable(rows));

describe("a load under faults", { concurrency: 4 }, () => {
  for (const kind of FAULT_KINDS.filter((each) => !ofOthers.has(each))) {
    for (const [where, page] of Object.entries(pages)) {
      for (const times of ["once", "always"]) {
        if (kind === "skew" && times === "once") continue;
        test(`${kind} on the ${where} page, ${times}`, { timeout: 2 * runLimit }, async () => {
          const fault = { kind, page, times: times === "once" ? 1 : "always", ...options[kind] };
          const ours = await withEndpoint(fault, (server) => runOurs(server, fault));
          const theirs = await withEndpoint(fault, runTheSdk);
          rows.push({ kind, where, times, ours, theirs });
        });
      }
    }
  }
});

async function withEndpoint(fault, run) {
  const frozen = Date.now();
  const server = await startServer({
    port: 0,
    jobs: jobCount,
    now: () => frozen,
    clock: Date.now,
    strict: true,
    faults: [fault],
  });
  try {
    return await run(server);
  } finally {
    await server.close();
  }
}

async function runOurs(server, { kind, page, times }) {
  const jobs = await createJobs({
    endpoint: server.url,
    requestTimeout,
    credentials: async () => server.sessions.issue(),
  });
  try {
    const expected = jobIdsOf(server);
    try {
      const loaded = await jobs.load();
      assert.equal(loaded.added, jobs.size);
      const found = [...jobs.query()].map((job) => job.JobId);
      assert.equal(new Set(found).size, found.length, "nothing is doubled");
      if (shortLists.has(kind)) {
        assert.deepEqual(found, expected.slice(0, page * pageSize));
        return "ends there";
      }
      assert.deepEqual(found, expected);
      return loaded.retries === 0 ? "all" : `all, requests sent again: ${loaded.retries}`;
    } catch (error) {
      assert.ok(error instanceof ServiceError, `${error.stack}`);
      assert.ok(server.traffic.counters.requests.ListMediaAnalysisJobs <= mostRequests, "it ends");
      assert.equal(error.loaded.complete, false);
      assert.equal(error.loaded.added, jobs.size, "what came is kept");
      const came = [...jobs.query()].map((job) => job.JobId);
      assert.deepEqual(came, expected.slice(0, came.length));
      const mayEnd = times === "always" || finalOnes.has(kind) || error instanceof RepeatedTokenError || page === 1;
      assert.ok(mayEnd, `${kind} once ended with ${error.name}`);
      server.setFaults([]);
      const rest = await jobs.load({
        NextToken: error instanceof RepeatedTokenError ? undefined : error.loaded.NextToken,
      });
      assert.ok(rest.complete);
      assert.deepEqual(
        [...jobs.query()].map((job) => job.JobId),
        expected,
      );
      return `${error.name}, then all`;
    }
  } finally {
    jobs.close();
  }
}

async function runTheSdk(server) {
  const client = new RekognitionClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: async () => server.sessions.issue(),
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const seen = new Map();
  let requests = 0;
  try {
    const limit = AbortSignal.timeout(runLimit / 2);
    for await (const page of paginateListMediaAnalysisJobs({ client }, {}, { abortSignal: limit })) {
      if (++requests > mostRequests) return "never ends";
      for (const { JobId } of page.MediaAnalysisJobs) seen.set(JobId, (seen.get(JobId) ?? 0) + 1);
    }
    const doubled = [...seen.values()].some((count) => count > 1);
    return `${seen.size === jobCount ? "all" : `ends with ${seen.size}`}${doubled ? ", doubled" : ""}`;
  } catch (error) {
    return `${error.name}, ${seen.size} seen`;
  } finally {
    client.destroy();
  }
}

/** What is in the account, newest first. */
function jobIdsOf({ account }) {
  return Array.from({ length: jobCount }, (_, index) => account.place(jobCount - 1 - index).JobId);
}

function printTable(table) {
  const widths = { fault: 20, page: 7, times: 7, ours: 40 };
  console.log(
    `${"fault".padEnd(widths.fault)} ${"page".padEnd(widths.page)} ${"times".padEnd(widths.times)} ${"ours".padEnd(widths.ours)} AWS SDK`,
  );
  const order = ({ kind, where, times }) =>
    FAULT_KINDS.indexOf(kind) * 10 + Object.keys(pages).indexOf(where) * 2 + (times === "always");
  for (const { kind, where, times, ours, theirs } of table.toSorted((a, b) => order(a) - order(b))) {
    console.log(
      `${kind.padEnd(widths.fault)} ${where.padEnd(widths.page)} ${times.padEnd(widths.times)} ${ours.padEnd(widths.ours)} ${theirs}`,
    );
  }
}
