// A listing that is kept and opened again: every job the same, and a refresh that asks only for what came since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { startServer } from "../../../emulator/server.js";
import { fetchFromCache, writePages } from "../../../web/offline/cached_pages.js";
import { createServiceAccount } from "../../../web/sources/service_account.js";
import { NOW } from "../browser.js";

const LIMIT = { timeout: 60_000 };

const unsigned = (endpoint) => ({ place: { endpoint }, caller: { how: "none" } });

async function keep(jobs) {
  const view = jobs.query();
  const pages = await writePages(view);
  view.close();
  return pages;
}

const everyJob = async (jobs) => {
  const view = jobs.query();
  const text = await view.export("ndjson").text();
  view.close();
  return text;
};

test("a kept account is opened whole, and its refresh costs a request or two", LIMIT, async () => {
  let now = NOW;
  const server = await startServer({ port: 0, jobs: 9_050, now: () => now });
  try {
    const identity = unsigned(server.url);
    const first = await createServiceAccount(identity, {});
    await first.jobs.load();
    const pages = await keep(first.jobs);
    assert.ok(pages.length > 1);

    server.traffic.reset();
    const again = await createServiceAccount(identity, {});
    await again.loadCached(fetchFromCache(pages));
    assert.equal(again.jobs.size, 9_050);
    assert.equal(await everyJob(again.jobs), await everyJob(first.jobs));
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

test(
  "kept jobs of a signed account are opened without credentials, which only a refresh asks for",
  LIMIT,
  async () => {
    const server = await startServer({ port: 0, jobs: 250, strict: true });
    try {
      const caller = { how: "keys", keys: [] };
      const identity = { place: { endpoint: server.url }, caller };
      const signed = await createServiceAccount(identity, { credentials: async () => server.sessions.issue() });
      await signed.jobs.load();
      const again = await createServiceAccount(identity);
      await again.loadCached(fetchFromCache(await keep(signed.jobs)));
      assert.equal(again.jobs.size, 250);
      await assert.rejects(again.jobs.refresh(), { name: "SignInNeeded" });
      again.signIn(async () => server.sessions.issue(), caller);
      await again.jobs.refresh();
      signed.jobs.close();
      again.jobs.close();
    } finally {
      await server.close();
    }
  },
);

test("an account without jobs is kept as one", LIMIT, async () => {
  const empty = await createJobs();
  const again = await createServiceAccount(unsigned("https://example.com/"));
  await again.loadCached(fetchFromCache(await keep(empty)));
  assert.equal(again.jobs.size, 0);
  empty.close();
  again.jobs.close();
});

test("lines that lie across two chunks are kept whole", LIMIT, async () => {
  const lines = ['{"JobId":"a"}', '{"JobId":"b","JobName":"ü\\n"}', '{"JobId":"c"}']
    .map((line) => `${line}\n`)
    .join("");
  const bytes = new TextEncoder().encode(lines);
  for (const size of [1, 7, 20, bytes.length]) {
    const exportStream = () =>
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
    const pages = await writePages({ exportStream });
    const again = await createServiceAccount(unsigned("https://example.com/"));
    await again.loadCached(fetchFromCache(pages));
    assert.deepEqual(
      ["a", "b", "c"].map((id) => again.jobs.get(id)?.JobId),
      ["a", "b", "c"],
      `${size}`,
    );
    assert.equal(again.jobs.get("b").JobName, "ü\n");
    again.jobs.close();
  }
});
