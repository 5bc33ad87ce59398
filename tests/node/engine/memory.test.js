// The engine's memory: it comes back to where it was, whatever is opened and closed, and when it is full, that is told
// and the store stays good.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createJobs } from "rekognition-jobs";
import { accountPages } from "../../bench/account_pages.js";
import { watchMemory } from "../../bench/wasm_memory.js";
import { asking, forgetting, importing } from "../../memory_rounds.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const LIMIT = { timeout: 120_000 };
const PAGE = 65_536;

async function* listing(count) {
  yield* accountPages(count);
}

async function collectedHeap() {
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}

/** The module with a memory of so many bytes at most: the limits of its memory section, rewritten. */
async function moduleOfAtMost(bytes) {
  const wasm = await readFile(new URL("../../../dist/rekognition_jobs.wasm", import.meta.url));
  const number = (at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return [value, at];
    }
  };
  const MEMORY = 5;
  let at = 8;
  while (wasm[at] !== MEMORY) {
    const [size, begin] = number(at + 1);
    at = begin + size;
  }
  const [, begin] = number(at + 1);
  assert.deepEqual([...wasm.subarray(begin, begin + 2)], [1, 1], "one memory, with a limit");
  const [, limit] = number(begin + 2);
  const [, end] = number(limit);
  let rest = bytes / PAGE;
  for (let place = limit; place < end; place++) {
    wasm[place] = (rest & 0x7f) | (place + 1 < end ? 0x80 : 0);
    rest >>= 7;
  }
  return wasm;
}

for (const [rounds, count, size] of [
  [asking, 10_000, 2000],
  [importing, 1000, 500],
  [forgetting, 4000, 2500],
]) {
  test(`${count.toLocaleString("en")} rounds of ${rounds.name} leave no memory behind`, LIMIT, async () => {
    const grown = await rounds(count, { createJobs, pages: [...accountPages(size)], collectedHeap });
    assert.equal(grown.engine, 0);
    assert.ok(grown.heap < 500_000, `${grown.heap} bytes of heap`);
  });
}

test("what is closed says so", async () => {
  const jobs = await createJobs();
  await jobs.import('{"JobId":"a"}');
  const view = jobs.query("");
  view.close();
  assert.throws(() => view.length, /this View is closed/);
  const other = jobs.query("");
  jobs.close();
  assert.throws(() => other.rows(0, 1), /this View is closed/);
  assert.throws(() => jobs.query(""), /this Jobs is closed/);
  await assert.rejects(jobs.import("{}"), /this Jobs is closed/);
});

test("a full memory ends an import with an error, and the store stays good", LIMIT, async () => {
  const memory = watchMemory();
  const jobs = await createJobs({ wasm: await moduleOfAtMost(48 * 2 ** 20) });
  await assert.rejects(jobs.import(listing(1_000_000)), {
    name: "OutOfMemoryError",
    message: /memory is too full for this/,
  });
  // Node's own HTTP parser may be among them.
  assert.ok(memory.bytes() < 49 * 2 ** 20);
  const { size } = jobs;
  assert.ok(size > 50_000, `${size} jobs`);

  assert.equal(jobs.query("", { sort: "JobName" }).length, size);
  const all = jobs.query("");
  assert.equal(all.length, size);
  const statuses = all.facets("status").reduce((sum, { count }) => sum + count, 0);
  assert.equal(statuses, size);
  const [newest] = all.rows(0, 1);
  assert.deepEqual(jobs.get(newest.JobId), newest);
  const failed = jobs.query("status:failed");
  assert.equal((await failed.export("ndjson").text()).trimEnd().split("\n").length, failed.length);
  all.close();
  failed.close();
  await assert.rejects(jobs.import(listing(1_000_000)), { name: "OutOfMemoryError" });

  jobs.clear();
  const { added } = await jobs.import(listing(1000));
  assert.equal(added, 1000);
  jobs.close();
});

const outcomeOf = (call) => {
  try {
    return call() && "answered";
  } catch ({ name }) {
    return name;
  }
};

const LARGE = 20_000_000;
for (const [what, text] of [
  ["one word", "a".repeat(LARGE)],
  ["words", "a ".repeat(LARGE / 2)],
  ["values", `name:${"a,".repeat(LARGE / 2)}b`],
  ["parentheses", "(".repeat(LARGE)],
  ["negations", "-".repeat(LARGE)],
  ["quotes", '"'.repeat(LARGE)],
  ["NOT", "NOT ".repeat(LARGE / 4)],
]) {
  test(`a query of 20 MB, of ${what}, is answered or refused, and so are its tokens`, LIMIT, async () => {
    const jobs = await createJobs();
    await jobs.import('{"JobId":"a"}');
    assert.match(
      outcomeOf(() => jobs.query(text)),
      /^(answered|QueryError|OutOfMemoryError)$/,
    );
    assert.match(
      outcomeOf(() => jobs.tokens(text)),
      /^(answered|OutOfMemoryError)$/,
    );
    assert.match(
      outcomeOf(() => jobs.query("", { sort: text })),
      /^(RangeError|OutOfMemoryError)$/,
    );
    assert.equal(
      outcomeOf(() => jobs.get(text) ?? true),
      "answered",
    );
    assert.equal(jobs.query("id:=a").length, 1);
    jobs.close();
  });
}

test("records of 60 MB are taken in until memory is full, and each of them can be asked for", LIMIT, async () => {
  const jobs = await createJobs();
  const long = "n".repeat(60_000_000);
  let taken = 0;
  let failure;
  while (!failure && taken < 40) {
    failure = await jobs.import(JSON.stringify({ JobId: `job-${taken}`, JobName: long })).catch((error) => error);
    if (failure instanceof Error) break;
    failure = undefined;
    taken++;
  }
  assert.equal(failure?.name, "OutOfMemoryError", failure?.stack);
  assert.ok(taken >= 3, `${taken} records`);
  assert.equal(jobs.size, taken);
  assert.equal(jobs.query(`id:=job-${taken - 1}`).length, 1);
  assert.equal(jobs.get("job-0").JobName.length, long.length);
  jobs.close();
});

test(
  "rows that do not fit are refused with the count that does, and all of them can be read in parts",
  LIMIT,
  async () => {
    const jobs = await createJobs({ wasm: await moduleOfAtMost(64 * 2 ** 20) });
    await assert.rejects(jobs.import(listing(1_000_000)), { name: "OutOfMemoryError" });
    const view = jobs.query("");
    let read;
    try {
      read = view.rows(0, Number.MAX_SAFE_INTEGER).length;
      assert.equal(read, jobs.size);
    } catch (error) {
      assert.equal(error.name, "OutOfMemoryError");
      read = Number(/([\d,]+) rows/.exec(error.message)[1].replaceAll(",", ""));
      assert.ok(read > 0 && read < jobs.size, error.message);
      assert.equal(view.rows(0, read).length, read);
    }
    assert.equal(view.page(1, jobs.size).items.length, jobs.size);
    jobs.close();
  },
);

test("clear() in a full memory, while an import runs, clears all or nothing", LIMIT, async () => {
  const jobs = await createJobs({ wasm: await moduleOfAtMost(48 * 2 ** 20) });
  let cleared;
  const source = (async function* () {
    for await (const part of listing(1_000_000)) {
      yield part;
      if (cleared || jobs.size < 60_000) continue;
      const { size } = jobs;
      cleared = outcomeOf(() => jobs.clear() ?? true);
      assert.ok(jobs.size === size || cleared === "answered");
    }
  })();
  await jobs.import(source).catch((error) => assert.equal(error.name, "OutOfMemoryError"));
  assert.match(cleared, /^(answered|OutOfMemoryError)$/);
  assert.equal(jobs.query("").length, jobs.size);
  jobs.close();
});
