// What the tests of import() share: a store to import into, sources in chunks, and checks of broken ones.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { asCliJob, meant, seeded, wireJob } from "../jobs_of.js";

export const LIMIT = { timeout: 30_000 };
export const MOST_REJECTED = 100;
export const NOTHING = { added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };

/** The counts and rejections of an Imported, without what it tells of the source's form. */
export const counts = ({ added, updated, unchanged, rejected, rejectedCount }) => ({
  added,
  updated,
  unchanged,
  rejected,
  rejectedCount,
});

/** The codes of an Imported's notices, each once. */
export const codes = ({ notices }) => [...new Set(notices.map(({ code }) => code))].sort();

export const jobs = await createJobs();
after(() => jobs.close());

/** An empty store; the one before is gone. */
export function open() {
  jobs.clear();
  return jobs;
}

export const stored = () => [...jobs.query("", { sort: "id" })];

/** Imports into an empty store. */
export async function imported(source, options) {
  open();
  const result = await jobs.import(source, options);
  const all = stored();
  return { result, all, ids: all.map(({ JobId }) => JobId).join(" ") };
}

export const utf8 = (text) => new TextEncoder().encode(text);

/** Texts and arrays of byte values, one after another. */
export const bytes = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

export const json = JSON.stringify;
export const pretty = (value) => JSON.stringify(value, null, 4);
export const ids = (...names) => names.map((JobId) => ({ JobId }));

/** The source in chunks whose sizes `nextSize` gives. */
export async function* chunked(source, nextSize) {
  for (let at = 0; at < source.length; ) {
    const size = nextSize();
    yield source.slice(at, at + size);
    at += size;
  }
}

export const randomSize = (seed) => {
  const random = seeded(seed);
  return () => 1 + Math.floor(random() ** 3 * 60);
};
export const CHUNKINGS = {
  "byte by byte": () => () => 1,
  "in sevens": () => () => 7,
  "at random": () => randomSize(20261124),
  "at random again": () => randomSize(7),
};

export const A = wireJob("a");
export const B = wireJob("b", {
  JobName: undefined,
  Status: "FAILED",
  FailureDetails: { Code: "ACCESS_DENIED", Message: 'Zürich 😀 "no"\n' },
});
export const C = wireJob("c", {
  CompletionTimestamp: undefined,
  Results: undefined,
  ManifestSummary: undefined,
  Status: "IN_PROGRESS",
});
export const SEVERAL = [A, B, C];
export const response = (...jobs) => ({ MediaAnalysisJobs: jobs });
export const cli = SEVERAL.map(asCliJob);

export const escaped = (character) =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/**
 * Imports and checks what was rejected: each entry of `rejected` is an offset, or [from, to] for from ≤ offset < to;
 * `told` has the offset of the first value of some notices by their codes. Every chunking must tell the same.
 */
async function checkBroken(name, source, { rejected, kept, told = {} }) {
  const before = wireJob("before-all");
  const asBytes = typeof source === "string" ? utf8(source) : source;
  const lineAt = (offset) => 1 + Buffer.from(asBytes.subarray(0, offset)).filter((byte) => byte === 10).length;
  let first;
  for (const [way, sizes] of [["whole", undefined], ...Object.entries(CHUNKINGS)]) {
    open();
    await jobs.import(json(before));
    const result = await jobs.import(sizes ? chunked(asBytes, sizes()) : source);
    const what = `${name}, ${way}: ${json(result.rejected)} ${json(result.notices)}`;
    first ??= result;
    assert.deepEqual(result, first, what);
    const all = stored()
      .map(({ JobId }) => JobId)
      .filter((id) => id !== "before-all");
    assert.deepEqual(jobs.get("before-all"), meant(before), what);
    assert.equal(all.join(" "), kept, `kept: ${what}`);
    assert.equal(result.added, all.length, what);
    assert.equal(result.rejectedCount, rejected.length, `rejectedCount: ${what}`);
    assert.equal(result.rejected.length, Math.min(rejected.length, MOST_REJECTED), what);
    for (const [code, offset] of Object.entries(told)) {
      const places = result.notices.filter((notice) => notice.code === code).map((notice) => notice.offset);
      assert.ok(places.includes(offset), `${code} at ${offset}: ${what}`);
    }
    result.rejected.forEach(({ offset, line, message }, i) => {
      const isUtf16 = result.format.includes("UTF-16");
      if (!isUtf16) assert.equal(line, lineAt(offset), `line: ${what}`);
      const [from, to] = Array.isArray(rejected[i]) ? rejected[i] : [rejected[i], rejected[i] + 1];
      assert.ok(Number.isInteger(offset) && offset >= from && offset < to, `offset ${from} to ${to - 1}: ${what}`);
      assert.ok(typeof message === "string" && message.length > 0, what);
    });
  }
}

export const broken = (name, source, expected) => test(name, LIMIT, () => checkBroken(name, source, expected));

/** The byte at which `needle` stands in `source`. */
export function byteOf(source, needle) {
  const at = Buffer.from(source).indexOf(needle);
  assert.notEqual(at, -1, needle);
  return at;
}
