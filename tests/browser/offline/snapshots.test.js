// An account whose jobs are kept and opened again: every job the same, and a refresh that asks only for what came since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs, createJobsInWorker } from "rekognition-jobs";
import { startServer } from "../../../emulator/server.js";
import { createServiceAccount } from "../../../web/sources/service_account.js";
import { NOW } from "../browser.js";

const LIMIT = { timeout: 60_000 };

const unsigned = (endpoint) => ({ place: { endpoint }, caller: { how: "none" } });

const open = (identity, transport, snapshot) => createServiceAccount(identity, transport, snapshot, createJobsInWorker);

const keep = (jobs) => new Response(jobs.snapshot()).blob();

const everyJob = async (jobs) => {
  const view = await jobs.query();
  const text = await (await view.export("ndjson")).text();
  view.close();
  return text;
};

test("a kept account is opened whole, and its refresh costs a request or two", LIMIT, async () => {
  let now = NOW;
  const server = await startServer({ port: 0, jobs: 9_050, now: () => now });
  try {
    const identity = unsigned(server.url);
    const first = await open(identity);
    await first.jobs.load();
    const snapshot = await keep(first.jobs);

    server.traffic.reset();
    const again = await open(identity, {}, snapshot);
    assert.equal(await again.jobs.size, 9_050);
    assert.equal(await everyJob(again.jobs), await everyJob(first.jobs));
    assert.deepEqual(await again.jobs.loadedAt, await first.jobs.loadedAt);
    assert.equal(server.traffic.counters.requests.ListMediaAnalysisJobs ?? 0, 0);

    now += 20 * 60_000;
    const { added, updated, pages: read } = await again.jobs.refresh();
    assert.ok(added > 30 && updated > 0 && read <= 3, `${added} added, ${updated} updated in ${read} pages`);
    first.jobs.close();
    again.jobs.close();
  } finally {
    await server.close();
  }
});

test("kept jobs of a signed account are opened without credentials, which only a refresh asks for", LIMIT, async () => {
  const server = await startServer({ port: 0, jobs: 250, strict: true });
  try {
    const caller = { how: "keys", keys: [] };
    const identity = { place: { endpoint: server.url }, caller };
    const signed = await open(identity, { credentials: async () => server.sessions.issue() });
    await signed.jobs.load();
    const again = await open(identity, {}, await keep(signed.jobs));
    assert.equal(await again.jobs.size, 250);
    await assert.rejects(again.jobs.refresh(), { name: "SignInNeeded" });
    again.signIn(async () => server.sessions.issue(), caller);
    await again.jobs.refresh();
    signed.jobs.close();
    again.jobs.close();
  } finally {
    await server.close();
  }
});

test("an account without jobs is kept as one", LIMIT, async () => {
  const empty = await createJobs();
  const again = await open(unsigned("https://example.com/"), {}, await keep(empty));
  assert.equal(await again.jobs.size, 0);
  empty.close();
  again.jobs.close();
});
