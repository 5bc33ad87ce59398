// A listing in any composition of container, envelope, spelling and form of times imports as the plain one; one that is
// damaged at any byte loses the record that holds the byte at most.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { meant, seeded, wireJob } from "../jobs_of.js";
import { LIMIT, imported, utf8, json, pretty } from "./imports.js";

const OPTIONAL = ["JobName", "CompletionTimestamp", "Results", "ManifestSummary", "OperationsConfig"];

const listing = (random) =>
  Array.from({ length: 1 + Math.floor(random() * 6) }, (_, i) => {
    const time = 1_750_000_000 + Math.floor(random() * 30_000_000);
    const job = wireJob(`job-${i}`, { CreationTimestamp: time, CompletionTimestamp: time + 60 });
    for (const name of OPTIONAL) if (random() < 0.2) delete job[name];
    return job;
  });

const pick = (random, all) => all[Math.floor(random() * all.length)];

const names = (change) => (value) =>
  typeof value !== "object" || value === null
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [change(name), names(change)(inner)]));
const flattened = (sign) => (job) => {
  const flat = {};
  const walk = (value, path) => {
    if (typeof value !== "object") flat[path] = value;
    else for (const [name, inner] of Object.entries(value)) walk(inner, path === "" ? name : path + sign + name);
  };
  walk(job, "");
  return flat;
};
const SPELLINGS = {
  plain: (job) => job,
  camel: names((name) => name[0].toLowerCase() + name.slice(1)),
  snake: names((name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase()),
  lower: names((name) => name.toLowerCase()),
  dotted: flattened("."),
  joined: flattened("_"),
};

const iso = (time) => new Date(time * 1000).toISOString();
const utc = (time) => new Date(time * 1000).toUTCString();
const TIMES = {
  seconds: (time) => time,
  milliseconds: (time) => time * 1e3,
  microseconds: (time) => time * 1e6,
  nanoseconds: (time) => time * 1e9,
  iso,
  dotnet: (time) => `/Date(${time * 1e3})/`,
  rfc1123: utc,
  asctime: (time) => utc(time).replace(/^(...), (..) (...) (....) (.*) GMT$/, "$1 $3 $2 $5 $4"),
  zoned: (time) => `${iso(time).slice(0, 19).replace("T", " ")} UTC`,
};

const ENVELOPES = {
  response: (jobs) => json({ MediaAnalysisJobs: jobs }),
  pretty: (jobs) => pretty({ MediaAnalysisJobs: jobs }),
  array: (jobs) => json(jobs),
  lines: (jobs) => jobs.map((job) => `${json(job)}\n`).join(""),
  body: (jobs) => json({ status: 200, data: { body: json({ MediaAnalysisJobs: jobs }) } }),
  byId: (jobs) => json({ jobs: Object.fromEntries(jobs.map((job, i) => [`job-${i}`, job])) }),
  items: (jobs) => json({ Items: jobs, Count: jobs.length }),
  log: (jobs) => jobs.map((job) => `2026-01-02 03:04:05 INFO got ${json(job)}\n`).join(""),
  text: (jobs) => json(json({ MediaAnalysisJobs: jobs })),
};

const utf16 = (text, isBig) => (isBig ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, "utf16le"));
const CONTAINERS = {
  none: (text) => utf8(text),
  mark: (text) => utf8(`\uFEFF${text}`),
  gzip: (text) => gzipSync(text),
  "utf-16le": (text) => utf16(text, false),
  "utf-16be": (text) => utf16(text, true),
  "utf-16le, marked": (text) => utf16(`\uFEFF${text}`, false),
  "utf-16be, marked": (text) => utf16(`\uFEFF${text}`, true),
  "utf-16le, gzip": (text) => gzipSync(utf16(`\uFEFF${text}`, false)),
};

test("a listing in any dress is the plain one", LIMIT, async () => {
  const random = seeded(20261127);
  const dresses = [CONTAINERS, ENVELOPES, SPELLINGS, TIMES].map(Object.keys);
  for (let round = 0; round < 400; round++) {
    const jobs = listing(random);
    const [container, envelope, spelling, times] = dresses.map((all) => pick(random, all));
    const dressed = jobs.map((job) => {
      const changed = { ...job };
      for (const name of ["CreationTimestamp", "CompletionTimestamp"]) {
        if (name in job) changed[name] = TIMES[times](job[name]);
      }
      return SPELLINGS[spelling](changed);
    });
    const what = `round ${round}: ${container}, ${envelope}, ${spelling}, ${times}`;
    const { result, all } = await imported(new Uint8Array(CONTAINERS[container](ENVELOPES[envelope](dressed))));
    assert.deepEqual(all, jobs.map(meant), `${what}: ${json(result.rejected)} ${json(result.notices)}`);
    assert.equal(result.rejectedCount, 0, what);
    const isPlain = ["none", "mark"].includes(container) && spelling === "plain" && ["seconds", "iso"].includes(times);
    if (!isPlain) assert.notDeepEqual(result.notices, [], what);
  }
});

test("a pretty-printed listing that is cut or damaged loses one record at most, and says so", LIMIT, async () => {
  const random = seeded(17);
  for (let round = 0; round < 400; round++) {
    const jobs = listing(random);
    const good = pretty({ MediaAnalysisJobs: jobs });
    const source = utf8(good);
    const at = Math.floor(random() * source.length);
    const isCut = random() < 0.3;
    const damaged = isCut ? source.slice(0, at) : source.slice();
    if (!isCut) damaged[at] = pick(random, [0, 0x20, 0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 0x58, 0xff]);
    const { result, all } = await imported(damaged);
    const begins = jobs.map(({ JobId }) => good.lastIndexOf("{", good.indexOf(`"${JobId}"`)));
    const hit = begins.findLastIndex((begin) => begin <= at + 1);
    const last = isCut ? hit : jobs.length;
    const expected = jobs.map(meant).filter((_, i) => i !== hit && i < last);
    const what = `round ${round}: ${isCut ? "cut" : damaged[at]} at ${at}: ${json(result.rejected)} ${json(result.notices)}`;
    for (const job of expected)
      assert.deepEqual(
        all.find(({ JobId }) => JobId === job.JobId),
        job,
        what,
      );
    const isSame = isCut ? good.slice(at).trim() === "" : damaged[at] === source[at];
    const isUnchanged = all.length === jobs.length && jobs.every((job, i) => json(all[i]) === json(meant(job)));
    if (!isSame && !isUnchanged && all.length < jobs.length) {
      assert.ok(result.rejectedCount > 0 || result.notices.length > 0, what);
    }
  }
});
