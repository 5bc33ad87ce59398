// What openResults() makes of results as people save them: tests/data/saved_results has one of each kind.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createJobs, sourceKind } from "rekognition-jobs";
import { seeded, wireJob } from "../jobs_of.js";
import { LIMIT, json, open } from "./opened.js";
import { results70 } from "./results_of.js";

const FOLDER = new URL("../../data/saved_results/", import.meta.url);
const read = (name) => readFileSync(new URL(name, FOLDER));

const label = (Name, Confidence, ParentName = "", TaxonomyLevel = 1) => ({
  Name,
  ParentName,
  Confidence,
  TaxonomyLevel,
});
const answer = (...ModerationLabels) => ({ ModerationLabels, ModerationModelVersion: "7.0", ContentTypes: [] });
const bare = (number) => ({ "source-ref": `s3://in-bucket/${number}.jpg` });
const image = (number, ...labels) => ({ ...bare(number), "detect-moderation-labels": answer(...labels) });
const drugs = (violence, weapons, alcohol) => [
  image(1, label("Violence", violence), label("Weapons", weapons, "Violence", 2)),
  image(2),
  image(3, label("Alcohol", alcohol)),
];

/** The three images that the files describe. */
const ALL = drugs(91.5, 90.25, 60);
const without = (name) =>
  ALL.map((each) => {
    const copy = structuredClone(each);
    delete copy["detect-moderation-labels"][name];
    return copy;
  });
const unsure = structuredClone(ALL);
delete unsure[0]["detect-moderation-labels"].ModerationLabels[0].Confidence;

/**
 * What each file gives.
 * @type {Record<string, { format: string, codes: string, images?: object[], summary?: object, rejected?: string, kind?: string }>}
 */
const FILES = {
  "r01-docs-comment-first.jsonl": { format: "JSON Lines", codes: "skipped" },
  "r03-gzip.jsonl.gz": { format: "JSON Lines, gzip", codes: "converted" },
  "r05-jq-pretty-multi-line.json": { format: "JSON", codes: "" },
  "r07-concatenated-no-newline.jsonl": { format: "JSON Lines", codes: "" },
  "r09-cr-only.jsonl": { format: "JSON Lines", codes: "" },
  "r11-groundtruth-labels.manifest": {
    format: "training manifest",
    codes: "ignored-member no-answer",
    images: [1, 2, 3].map(bare),
  },
  "r13-camel-detect.jsonl": { format: "JSON Lines", codes: "converted" },
  "r15-direct-api-response.json": {
    format: "an answer of DetectModerationLabels",
    codes: "",
    images: [],
    rejected: "it does not name its image",
  },
  "r17-sorted-keys.jsonl": { format: "JSON Lines", codes: "" },
  "r19-detect-as-string.jsonl": { format: "JSON Lines", codes: "converted" },
  "r21-confidence-fraction.jsonl": { format: "JSON Lines", codes: "implausible", images: drugs(0.915, 0.9025, 0.6) },
  "r23-log-prefix.txt": { format: "JSON Lines", codes: "skipped" },
  "r25-summary.json": {
    format: "manifest summary",
    codes: "",
    images: [],
    kind: "summary",
    summary: {
      version: "1.0",
      statistics: { "total-json-lines": 3, "valid-json-lines": 2, "invalid-json-lines": 1 },
      errors: [{ "line-number": 2, "source-ref": "s3://in-bucket/x.jpg", code: "INVALID_IMAGE", message: "bad image" }],
    },
  },
  "r27-summary-wrapped-body.json": {
    format: "manifest summary",
    codes: "converted",
    images: [],
    kind: "summary",
    summary: { version: "1.0", statistics: { "total-json-lines": 3 }, errors: [] },
  },
  "r29-summary-no-statistics.json": {
    format: "manifest summary",
    codes: "",
    images: [],
    kind: "summary",
    summary: { version: "1.0", statistics: {}, errors: [{ "line-number": 2, code: "INVALID_IMAGE", message: "bad" }] },
  },
  "r31-nested-Records-athena.jsonl": { format: "JSON Lines", codes: "converted" },
  "r33-adapter-verified.jsonl": { format: "JSON Lines", codes: "ignored-member" },
  "r35-error-first-sorted-keys.jsonl": {
    format: "JSON Lines",
    codes: "no-answer",
    images: [{ ...bare(0), code: "INVALID_IMAGE", message: "bad" }, ...ALL],
  },
  "r37-nan-confidence.jsonl": { format: "JSON Lines", codes: "converted dropped-value", images: unsure },
  "r39-capital-Source-Ref.jsonl": { format: "JSON Lines", codes: "converted" },
  "r41-wrapped-results-key.json": { format: "JSON", codes: "" },
  "r43-adapter-testing-both.jsonl": { format: "JSON Lines", codes: "ignored-member" },
  "r45-docs-input-manifest-pretty.json": {
    format: "JSON",
    codes: "",
    images: [
      { ...bare(1), "detect-moderation-labels": { ModerationLabels: [{ Name: "Violence", Confidence: 91.5 }] } },
    ],
  },
  "r47-two-shards-cat-no-final-newline.jsonl": {
    format: "JSON Lines",
    codes: "",
    images: [...ALL, { ...ALL[0], ...bare(9) }],
  },
  "r49-crlf-blank-lines.jsonl": { format: "JSON Lines", codes: "" },
  "r51-own-export.csv": { format: "CSV", codes: "", images: without("ContentTypes") },
};

const codesOf = ({ notices }) => [...new Set(notices.map(({ code }) => code))].sort().join(" ");
const plain = (value) => JSON.parse(json(value));

test("every file is in the table", () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), Object.keys(FILES));
});

async function* chunks(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

for (const [name, expected] of Object.entries(FILES)) {
  test(name, LIMIT, async () => {
    const source = read(name);
    const results = await open(source);
    assert.deepEqual([...results], expected.images ?? ALL);
    assert.equal(results.format, expected.format);
    assert.equal(codesOf(results), expected.codes);
    assert.deepEqual(results.summary, expected.summary);
    assert.equal(results.rejectedCount, expected.rejected === undefined ? 0 : 1);
    for (const { message } of results.rejected) assert.ok(message.includes(expected.rejected), message);
    assert.equal(await sourceKind(source), expected.kind ?? "results");
    for (const size of [1, 7, 100]) {
      const again = await open(chunks(source, size));
      assert.deepEqual([...again], [...results], `in chunks of ${size}`);
      assert.deepEqual(
        [again.notices, again.rejected, again.format],
        [results.notices, results.rejected, results.format],
      );
    }
  });
}

test("results in any layout and container are the plain ones", LIMIT, async () => {
  const random = seeded(35);
  const pick = (all) => all[Math.floor(random() * all.length)];
  const layouts = {
    lines: (all) => all.map((each) => `${json(each)}\n`).join(""),
    joined: (all) => all.map((each) => json(each)).join(""),
    pretty: (all) => all.map((each) => json(each, null, 2)).join("\n"),
    array: (all) => json(all),
    "pretty array": (all) => json(all, null, 4),
    "wrapped array": (all) => json({ job: "x", results: all }),
    log: (all) => all.map((each) => `2026-01-02 03:04:05 INFO ${json(each)}\r\n`).join(""),
    "lines in a text": (all) => json(all.map((each) => json(each)).join("\n")),
  };
  const utf16 = (text) => Buffer.from(`\uFEFF${text}`, "utf16le");
  const containers = {
    none: (text) => Buffer.from(text),
    mark: (text) => Buffer.from(`\uFEFF${text}`),
    gzip: gzipSync,
    utf16,
    both: (text) => gzipSync(utf16(text)),
  };
  const spellings = {
    plain: (text) => text,
    camel: (text) =>
      text.replaceAll("source-ref", "sourceRef").replaceAll("detect-moderation-labels", "DetectModerationLabels"),
  };
  const all = results70(2_000, 5);
  for (let round = 0; round < 200; round++) {
    const first = Math.floor(random() * (all.length - 20));
    const some = all.slice(first, first + 1 + Math.floor(random() * 12));
    const [layout, container, spelling] = [layouts, containers, spellings].map((each) => pick(Object.keys(each)));
    const what = `round ${round}: ${layout}, ${container}, ${spelling}`;
    const results = await open(new Uint8Array(containers[container](spellings[spelling](layouts[layout](some)))));
    assert.deepEqual([...results], some, `${what}: ${json(results.rejected)} ${json(results.notices)}`);
    assert.equal(results.rejectedCount, 0, what);
    if (spelling !== "plain" || !["none", "mark"].includes(container))
      assert.match(codesOf(results), /converted/, what);
    results.close();
  }
});

test("results that are cut or damaged at any byte lose one image at most, and say so", LIMIT, async () => {
  const all = results70(40, 3).slice(0, 6);
  const lines = all.map((each) => `${json(each)}\n`);
  const source = Buffer.from(lines.join(""));
  const ends = lines.map((_, i) => Buffer.byteLength(lines.slice(0, i + 1).join("")));
  const jobs = await createJobs();
  for (let at = 0; at < source.length; at += 37) {
    const hit = ends.findIndex((end) => at < end);
    for (const byte of [undefined, 0x22, 0x7d, 0x00, 0xff]) {
      const damaged = byte === undefined ? source.subarray(0, at) : Buffer.from(source);
      if (byte !== undefined) damaged[at] = byte;
      const results = await jobs.openResults(new Uint8Array(damaged));
      const found = new Map([...results].map((each) => [each["source-ref"], each]));
      const whole =
        byte === undefined ? all.slice(0, hit) : all.filter((_, i) => i !== hit && (byte !== 0x22 || i !== hit + 1));
      for (const each of whole) assert.deepEqual(found.get(each["source-ref"]), each, `byte ${byte} at ${at}`);
      const isTold =
        results.rejectedCount > 0 || results.notices.length > 0 || results.size === all.length || ends.includes(at);
      assert.ok(isTold, `byte ${byte} at ${at}: ${json(results.rejected)}`);
      results.close();
    }
  }
  jobs.close();
});

test("its own exports come back", LIMIT, async () => {
  const given = results70(500, 11);
  const results = await open(given.map((each) => json(each)).join("\n"));
  for (const format of ["json", "ndjson"]) assert.deepEqual([...(await open(results.export(format)))], given, format);
  const csv = await open(results.export("csv"));
  assert.equal(csv.format, "CSV");
  assert.equal(csv.rejectedCount, 0);
  assert.deepEqual(await csv.export("csv").text(), await results.export("csv").text());
});

describe("images without an answer", () => {
  test("are counted, found, and neither flagged nor without labels", LIMIT, async () => {
    const results = await open(
      [image(1, label("Violence", 90)), image(2), bare(3), { ...bare(4), code: "X" }]
        .map((each) => json(each))
        .join("\n"),
    );
    const found = (query) => [...results.query(query)].map((each) => each["source-ref"].at(-5)).join("");
    assert.deepEqual(
      results.notices.map(({ code, count, sample }) => [code, count, sample]),
      [["no-answer", 2, "s3://in-bucket/3.jpg"]],
    );
    assert.equal(found("no:answer"), "34");
    assert.equal(found("has:answer"), "12");
    assert.equal(found("-label:*"), "2");
    assert.equal(results.flagged(0).length, 1);
  });

  test("make an input manifest when there is nothing else", LIMIT, async () => {
    const results = await open([1, 2].map((number) => `${json(bare(number))}\n`).join(""));
    assert.equal(results.format, "input manifest");
    assert.equal(results.size, 2);
  });
});

test("confidences that cannot be percent are kept, and told", LIMIT, async () => {
  const results = await open(
    [image(1, label("A", 101), label("B", 50)), image(2, label("A", -1))].map((each) => json(each)).join("\n"),
  );
  assert.deepEqual(
    results.notices.map(({ code, count, sample }) => [code, count, sample]),
    [["implausible", 2, "101"]],
  );
  assert.equal((await open(json(image(1, label("A", 1), label("B", 99))))).notices.length, 0);
});

describe("open() opens whatever it is", () => {
  const listing = json({ MediaAnalysisJobs: [wireJob("a"), wireJob("b")] });
  const results = ALL.map((each) => json(each)).join("\n");
  const bytes = (text) => new TextEncoder().encode(text);
  const forms = {
    text: (text) => text,
    bytes,
    blob: (text) => new Blob([text]),
    response: (text) => new Response(text),
    stream: (text) => new Blob([text]).stream(),
    iterable: (text) => chunks(bytes(text), 7),
    "gzipped bytes": (text) => new Uint8Array(gzipSync(text)),
    "gzipped stream": (text) => new Blob([gzipSync(text)]).stream(),
    "UTF-16": (text) => new Uint8Array(Buffer.from(text, "utf16le")),
  };
  for (const [form, make] of Object.entries(forms)) {
    test(`from ${form}`, LIMIT, async () => {
      const jobs = await createJobs();
      const ofJobs = await jobs.open(make(listing));
      assert.equal(ofJobs.kind, "jobs");
      assert.equal(ofJobs.imported.added, 2);
      assert.equal(jobs.size, 2);
      const ofResults = await jobs.open(make(results));
      assert.equal(ofResults.kind, "results");
      assert.deepEqual(plain([...ofResults.results]), plain(ALL));
      const ofSummary = await jobs.open(make('{"version":"1.0","statistics":{"total-json-lines":1},"errors":[]}'));
      assert.equal(ofSummary.kind, "results");
      assert.equal(ofSummary.results.summary.version, "1.0");
      jobs.close();
      assert.throws(() => ofResults.results.length, /closed/);
    });
  }

  test("a failing source, an abort, a refusal", LIMIT, async () => {
    const jobs = await createJobs();
    const failing = () => new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    await assert.rejects(jobs.open(failing()), /gone/);
    await assert.rejects(jobs.open(new Response("no", { status: 403 })), { name: /./, message: /./ });
    await assert.rejects(jobs.open(new Response(failing())), /gone/);
    await assert.rejects(jobs.open(7), TypeError);
    const waiting = new ReadableStream({ pull: () => new Promise(() => {}) });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await assert.rejects(jobs.open(waiting, { signal: stop.signal }), /enough/);
    jobs.close();
    await assert.rejects(jobs.open(listing), /closed/);
  });

  test("nothing is a listing, whose import says what is wrong", LIMIT, async () => {
    const jobs = await createJobs();
    const { kind, imported } = await jobs.open("");
    assert.deepEqual([kind, imported.rejected[0].message], ["jobs", "the source is empty"]);
    jobs.close();
  });
});
