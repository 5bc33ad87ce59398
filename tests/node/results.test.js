// Results: openResults and its views, against plain JavaScript over generated files; and what is told of broken ones.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { createJobs, openResults, QueryError, ServiceError } from "rekognition-jobs";
import { seeded, wireJob } from "./jobs_of.js";
import { results61, results70, resultsFile } from "./results_of.js";

const LIMIT = { timeout: 60_000 };
const utf8 = (text) => new TextEncoder().encode(text);
const json = JSON.stringify;
const opened = [];
after(() => opened.forEach((each) => each.close()));

async function open(source, options) {
  const results = await openResults(source, options);
  opened.push(results);
  return results;
}

async function* inChunks(bytes, nextSize) {
  for (let at = 0; at < bytes.length;) {
    const size = nextSize();
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const escaped = (text) => text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const labelsOf = (image) => image["detect-moderation-labels"]?.ModerationLabels ?? [];
const typesOf = (image) => image["detect-moderation-labels"]?.ContentTypes ?? [];
const modelOf = (image) => image["detect-moderation-labels"]?.ModerationModelVersion;
const refOf = (image) => image["source-ref"];
const sizes = (seed, most) => {
  const random = seeded(seed);
  return () => 1 + Math.floor(random() * most);
};

const images = results70(3_000, 8);
const file = resultsFile(images);
const results = await open(file);

describe("a results file", () => {
  test("comes out as it went in, in its order", LIMIT, () => {
    assert.equal(results.size, images.length);
    assert.equal(results.length, images.length);
    assert.equal(results.rejectedCount, 0);
    assert.deepEqual(results.rejected, []);
    assert.equal(results.summary, undefined);
    assert.deepEqual([...results], images);
    assert.deepEqual(results.rows(2_990, 100), images.slice(2_990));
    assert.deepEqual(results.rows(5_000, 1), []);
    assert.deepEqual(results.page(2, 7), { items: images.slice(7, 14), number: 2, size: 7, pages: 429, total: 3_000 });
    assert.deepEqual(results.page(900, 7).items, []);
    for (const wrong of [-1, 1.5, "1"]) assert.throws(() => results.rows(wrong, 1), RangeError);
  });

  const small = images.slice(0, 60);
  const bytes = utf8(resultsFile(small));
  const sources = {
    "a string": () => resultsFile(small),
    bytes: () => bytes,
    "an ArrayBuffer": () => bytes.slice().buffer,
    "a Blob": () => new Blob([bytes]),
    "a Response": () => new Response(bytes),
    "a stream": () => new Blob([bytes]).stream(),
    "chunks of a byte": () => inChunks(bytes, () => 1),
    "chunks of any size": () => inChunks(bytes, sizes(5, 900)),
    "large chunks": () => inChunks(bytes, sizes(6, 20_000)),
    "without a last line feed": () => resultsFile(small).trimEnd(),
    "with CRLF": () => resultsFile(small).replaceAll("\n", "\r\n"),
    "with a byte order mark": () => `\uFEFF${resultsFile(small)}`,
    "with empty lines": () => `\n\n${resultsFile(small).replaceAll("\n", "\n \t\n\r\n")}`,
    "with spaces": () => small.map((image) => ` ${json(image, null, 1).replaceAll("\n", " ")} \n`).join(""),
    "its own export": async () => (await open(bytes)).export("ndjson"),
    "all escaped": () => resultsFile(small).replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${escaped(JSON.parse(text))}"`),
  };
  for (const [name, source] of Object.entries(sources)) {
    test(`from ${name}`, LIMIT, async () => {
      const read = await open(await source());
      assert.deepEqual([...read], small);
      assert.deepEqual(read.rejected, []);
    });
  }

  test("tells its progress", LIMIT, async () => {
    const told = [];
    await open(file, { onProgress: (progress) => told.push(progress) });
    const { length } = utf8(file);
    assert.deepEqual(told.at(-1), { bytes: length, images: 3_000, rejected: 0 });
    const [first] = told;
    assert.ok(first.bytes <= length && first.images <= 3_000);
    const ofBlob = [];
    await open(new Blob([file]), { onProgress: (progress) => ofBlob.push(progress) });
    assert.equal(ofBlob.at(-1).totalBytes, length);
  });

  test("is given up when its signal aborts", LIMIT, async () => {
    const controller = new AbortController();
    const source = inChunks(utf8(file), () => 100);
    const reading = openResults(source, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(reading, { name: "AbortError" });
  });

  test("cannot be what is none", LIMIT, async () => {
    await assert.rejects(openResults(5), TypeError);
    await assert.rejects(openResults(undefined), TypeError);
    const refused = new Response("<Error><Code>AccessDenied</Code></Error>", { status: 403 });
    await assert.rejects(openResults(refused), ServiceError);
  });
});

describe("what a line may have", () => {
  const cases = {
    "members that are not known": [
      {
        "source-ref": "a",
        x: { "source-ref": 5 },
        "detect-moderation-labels": { ModerationLabels: [{ Name: "n", y: [1] }], z: null },
      },
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [{ Name: "n" }] } },
    ],
    "null members": [
      {
        "source-ref": "a",
        "detect-moderation-labels": { ModerationLabels: null, ModerationModelVersion: null, ContentTypes: null },
        error: null,
      },
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [] } },
    ],
    "an error object": [
      { "source-ref": "a", error: { code: "C", message: "m" } },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "a list of errors": [
      { "source-ref": "a", errors: [{ code: "C", message: "m" }, { code: "D" }] },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "its own code and message": [
      { "source-ref": "a", code: "C", message: "m" },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "a name of Object's prototype": [
      {
        "source-ref": "__proto__",
        "detect-moderation-labels": {
          ModerationLabels: [{ Name: "__proto__", ParentName: "constructor", TaxonomyLevel: 2.5 }],
        },
      },
      undefined,
    ],
    "no taxonomy level and no parent, as of 6.1": [
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [{ Name: "Nudity", Confidence: 1e-7 }] } },
      undefined,
    ],
  };
  for (const [name, [given, expected]] of Object.entries(cases)) {
    test(name, LIMIT, async () => assert.deepEqual([...(await open(json(given)))], [expected ?? given]));
  }
});

describe("broken files", () => {
  const good = json(images[0]);
  const rejectedOf = async (source) => (await open(source)).rejected.map(({ line, message }) => `${line}: ${message}`);

  test("the good lines around bad ones are kept, and each bad one is told", LIMIT, async () => {
    const lines = [
      good,
      "{",
      good,
      "",
      '{"source-ref":1}',
      '{"source-ref":"a"',
      "[1]",
      "true",
      good,
      '{"x":1}',
      good.slice(0, 40),
    ];
    const read = await open(lines.join("\n"));
    assert.deepEqual([...read], [images[0], images[0], images[0]]);
    assert.deepEqual(
      read.rejected.map(({ line }) => line),
      [2, 5, 6, 7, 8, 10, 11],
    );
    assert.equal(read.rejectedCount, 7);
    const offsets = lines.map(
      (_, i) =>
        utf8(
          lines
            .slice(0, i)
            .map((line) => `${line}\n`)
            .join(""),
        ).length,
    );
    for (const { line, offset } of read.rejected)
      assert.ok(offset >= offsets[line - 1] && offset <= offsets[line - 1] + lines[line - 1].length);
    assert.equal(read.rejected.at(-1).message, "the last line is cut off");
  });

  test("bad UTF-8, a lone surrogate, too deep a nesting, too large a number", LIMIT, async () => {
    const bad = [
      `{"source-ref":"\\ud800"}`,
      `{"source-ref":"a","x":${"[".repeat(70)}${"]".repeat(70)}}`,
      `{"source-ref":"a","x":1e999}`,
    ];
    const bytes = Buffer.concat([
      ...bad.map((line) => Buffer.from(`${line}\n`)),
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x0a]),
      Buffer.from(good),
    ]);
    const read = await open(new Uint8Array(bytes));
    assert.deepEqual(
      read.rejected.map(({ line }) => line),
      [1, 2, 3, 4],
    );
    assert.deepEqual([...read], [images[0]]);
  });

  test("the first 100 rejections are kept, all are counted", LIMIT, async () => {
    const read = await open(`${"{\n".repeat(1)}${"x\n".repeat(2_000)}${good}`);
    assert.equal(read.rejectedCount, 2_001);
    assert.equal(read.rejected.length, 100);
    assert.equal(read.size, 1);
  });

  test("a line of 10 MB is read, one of more than 16 MB is not", LIMIT, async () => {
    const long = { "source-ref": `s3://b/${"x".repeat(10 * 2 ** 20)}` };
    const tooLong = { "source-ref": `s3://b/${"x".repeat(17 * 2 ** 20)}` };
    const read = await open(`${good}\n${json(long)}\n${json(tooLong)}\n${good}`);
    assert.equal(read.size, 3);
    assert.deepEqual(read.rows(1, 1), [long]);
    assert.deepEqual(read.rejected, [
      { line: 3, offset: utf8(`${good}\n${json(long)}\n`).length, message: "a line is longer than 16 MB" },
    ]);
  });

  test("nothing at all", LIMIT, async () => {
    assert.deepEqual(await rejectedOf(""), ["1: the source is empty"]);
  });

  test("a listing of jobs is told as such", LIMIT, async () => {
    const listing = { MediaAnalysisJobs: [wireJob("a"), wireJob("b")], NextToken: "x" };
    const said = "this is a listing of jobs, not results";
    for (const source of [json(listing), json(listing, null, 2), json(listing.MediaAnalysisJobs), json(wireJob("a"))]) {
      assert.deepEqual(await rejectedOf(source), [`1: ${said}`]);
    }
    const lines = [wireJob("a"), wireJob("b")].map((job) => json(job)).join("\n");
    assert.deepEqual(await rejectedOf(lines), [`1: ${said}`, `2: ${said}`]);
  });

  test("and results that are imported as jobs", LIMIT, async () => {
    const jobs = await createJobs();
    opened.push(jobs);
    const { rejected, rejectedCount } = await jobs.import(resultsFile(images.slice(0, 3)));
    assert.equal(rejectedCount, 3);
    assert.match(rejected[0].message, /results, not a listing of jobs/);
    const summary = await jobs.import('{"version":"1.0","statistics":{"total-json-lines":1},"errors":[]}');
    assert.match(summary.rejected[0].message, /manifest summary, not a listing of jobs/);
  });
});

describe("manifest summaries", () => {
  const meant = {
    version: "1.0",
    statistics: { "total-json-lines": 3, "valid-json-lines": 1, "invalid-json-lines": 2 },
    errors: [
      { "line-number": 2, "source-ref": "s3://b/2", code: "INVALID_IMAGE", message: "m" },
      { "line-number": 3, code: "INVALID_LINE" },
    ],
  };
  const asGiven = json(meant).replace('"line-number":2', '"line-numer":2');

  test("beside results, instead of them, and alone", LIMIT, async () => {
    const beside = await open(file, { summary: new Blob([asGiven]) });
    assert.deepEqual(beside.summary, meant);
    assert.equal(beside.size, images.length);
    for (const source of [asGiven, json(JSON.parse(asGiven), null, 2)]) {
      const instead = await open(source);
      assert.deepEqual(instead.summary, meant);
      assert.equal(instead.size, 0);
      assert.equal(instead.rejectedCount, 0);
    }
    const alone = await open(undefined, { summary: asGiven });
    assert.deepEqual(alone.summary, meant);
    assert.deepEqual([...alone], []);
    assert.deepEqual(alone.labels(), []);
    assert.deepEqual(alone.histogram("confidence", 5), []);
    assert.equal(await alone.export("json").text(), "[]");
  });

  test("one that is none does not lose the results", LIMIT, async () => {
    const read = await open(json(images[0]), { summary: "nonsense" });
    assert.equal(read.size, 1);
    assert.equal(read.summary, undefined);
    assert.equal(read.rejectedCount, 1);
    assert.match(read.rejected[0].message, /^manifest summary: /);
  });
});

describe("questions, with plain JavaScript as the judge", () => {
  const has = (text, part) => (text ?? "").toLowerCase().includes(part.toLowerCase());
  const any = (test) => (image) => labelsOf(image).some(test);
  const queries = {
    "": () => true,
    "label:violence": any(({ Name }) => has(Name, "violence")),
    "label:violence confidence:>=80": any(({ Name, Confidence }) => has(Name, "violence") && Confidence >= 80),
    "confidence:>=80 label:violence image:*/ads/*": (image) =>
      has(refOf(image), "/ads/") && any(({ Name, Confidence }) => has(Name, "violence") && Confidence >= 80)(image),
    "-label:*": (image) => labelsOf(image).length === 0,
    "-(label:violence confidence:>=80)": (image) =>
      !labelsOf(image).some(({ Name, Confidence }) => has(Name, "violence") && Confidence >= 80),
    "label:violence -label:weapons": (image) =>
      any(({ Name }) => has(Name, "violence"))(image) && !labelsOf(image).some(({ Name }) => has(Name, "weapons")),
    "(label:violence) (label:alcohol)": (image) =>
      any(({ Name }) => has(Name, "violence"))(image) && any(({ Name }) => has(Name, "alcohol"))(image),
    "(label:violence level:1) (label:alcohol confidence:>90)": (image) =>
      any(({ Name, TaxonomyLevel }) => has(Name, "violence") && TaxonomyLevel === 1)(image) &&
      any(({ Name, Confidence }) => has(Name, "alcohol") && Confidence > 90)(image),
    "confidence:60..70 (label:violence OR parent:violence)": any(
      ({ Name, ParentName, Confidence }) =>
        Confidence >= 60 && Confidence <= 70 && (has(Name, "violence") || has(ParentName, "violence")),
    ),
    'label:="Middle Finger"': any(({ Name }) => Name === "Middle Finger"),
    "label:*ing": any(({ Name }) => /ing$/i.test(Name)),
    "parent:violence,gambling level:2": any(
      ({ ParentName, TaxonomyLevel }) =>
        (has(ParentName, "violence") || has(ParentName, "gambling")) && TaxonomyLevel === 2,
    ),
    "level:3": any(({ TaxonomyLevel }) => TaxonomyLevel === 3),
    "type:animated": (image) => typesOf(image).some(({ Name }) => Name === "Animated"),
    "type:animated OR type:illustrated": (image) => typesOf(image).length > 0,
    "model:7.0": (image) => modelOf(image) === "7.0",
    "code:invalid-image": (image) => image.code === "INVALID_IMAGE",
    "message:decoded": (image) => has(image.message, "decoded"),
    "labels:2..3": (image) => labelsOf(image).length >= 2 && labelsOf(image).length <= 3,
    "has:error": (image) => image.code !== undefined || image.message !== undefined,
    "no:label": (image) => labelsOf(image).length === 0,
    "has:type no:label": (image) => typesOf(image).length > 0 && labelsOf(image).length === 0,
    "no:model": (image) => modelOf(image) === undefined,
    blood: (image) =>
      has(refOf(image), "blood") || has(image.message, "blood") || any(({ Name }) => has(Name, "blood"))(image),
    '"cannot be decoded" OR ads level:3': (image) =>
      has(image.message, "cannot be decoded") ||
      (has(refOf(image), "ads") && any(({ TaxonomyLevel }) => TaxonomyLevel === 3)(image)),
  };
  for (const [text, judge] of Object.entries(queries)) {
    test(`query ${json(text)}`, LIMIT, () => {
      const view = results.query(text);
      const expected = images.filter(judge);
      assert.deepEqual([...view], expected);
      if (text !== "" && text !== "no:model")
        assert.ok(expected.length > 0 && expected.length < images.length, "the question tells nothing");
      view.close();
    });
  }

  test("flagged and labels at a threshold, within any view", LIMIT, () => {
    for (const [view, all] of [
      [results, images],
      [results.query("image:ads"), images.filter((image) => has(refOf(image), "ads"))],
    ]) {
      for (const threshold of [undefined, 0, 50, 73.25, 99, 100]) {
        const counts = (image, label) => threshold === undefined || label.Confidence >= threshold;
        if (threshold !== undefined) {
          const flagged = view.flagged(threshold);
          assert.deepEqual(
            [...flagged].map(refOf),
            all.filter((image) => labelsOf(image).some((label) => counts(image, label))).map(refOf),
          );
          flagged.close();
        }
        const byName = new Map();
        for (const image of all) {
          for (const name of new Set(
            labelsOf(image)
              .filter((label) => counts(image, label))
              .map(({ Name }) => Name),
          )) {
            byName.set(name, (byName.get(name) ?? 0) + 1);
          }
        }
        const parents = new Map(images.flatMap(labelsOf).map(({ Name, ParentName }) => [Name, ParentName]));
        const seen = new Map();
        const walk = (nodes, parent, depth) => {
          nodes.forEach(({ name, level, count, children }, i) => {
            assert.equal(parents.get(name), parent);
            assert.equal(level, depth);
            if (count > 0) seen.set(name, count);
            if (i > 0)
              assert.ok(nodes[i - 1].count > count || (nodes[i - 1].count === count && nodes[i - 1].name < name));
            walk(children, name, depth + 1);
          });
        };
        walk(view.labels(threshold === undefined ? {} : { threshold }), "", 1);
        assert.deepEqual([...seen].sort(), [...byName].sort());
      }
    }
    for (const wrong of [Number.NaN, "50", Infinity]) assert.throws(() => results.flagged(wrong), RangeError);
    assert.throws(() => results.labels({ threshold: "50" }), RangeError);
  });

  const values = {
    label: (image) => labelsOf(image).map(({ Name }) => Name),
    parent: (image) =>
      labelsOf(image)
        .map(({ ParentName }) => ParentName)
        .filter((name) => name),
    level: (image) => labelsOf(image).map(({ TaxonomyLevel }) => String(TaxonomyLevel)),
    type: (image) => typesOf(image).map(({ Name }) => Name),
    model: (image) => [modelOf(image)].filter((model) => model !== undefined),
    code: (image) => [image.code].filter((code) => code !== undefined),
  };
  for (const [field, valuesOf] of Object.entries(values)) {
    test(`facets of ${field}`, LIMIT, () => {
      for (const [view, all] of [
        [results, images],
        [results.flagged(80), images.filter(any(({ Confidence }) => Confidence >= 80))],
      ]) {
        const counts = new Map();
        for (const image of all)
          for (const value of new Set(valuesOf(image))) counts.set(value, (counts.get(value) ?? 0) + 1);
        const expected = [...counts]
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
        assert.deepEqual(view.facets(field), expected);
      }
    });
  }

  test("the spread of confidences, of all labels and of one", LIMIT, () => {
    for (const label of [undefined, "violence", "Nothing"]) {
      for (const buckets of [1, 10, 33]) {
        const expected = Array.from({ length: buckets }, (_, i) => ({
          from: (i * 100) / buckets,
          count: 0,
          byLevel: {},
        }));
        for (const { Name, Confidence, TaxonomyLevel } of images.flatMap(labelsOf)) {
          if (label !== undefined && Name.toLowerCase() !== label) continue;
          const bucket = expected[Math.min(Math.floor((Confidence / 100) * buckets), buckets - 1)];
          bucket.count++;
          bucket.byLevel[TaxonomyLevel] = (bucket.byLevel[TaxonomyLevel] ?? 0) + 1;
        }
        const found = results.histogram("confidence", buckets, label === undefined ? {} : { label });
        if (label === "Nothing") {
          assert.deepEqual(found, []);
          continue;
        }
        assert.deepEqual(
          found.map(({ count, byLevel }) => ({ count, byLevel })),
          expected.map(({ count, byLevel }) => ({ count, byLevel })),
        );
        found.forEach(({ from, to }, i) => assert.ok(Math.abs(from - expected[i].from) < 1e-9 && to > from));
        assert.equal(found.at(-1).to, 100);
      }
    }
    assert.throws(() => results.histogram("level", 5), RangeError);
    assert.throws(() => results.histogram("confidence", 0), RangeError);
    assert.throws(() => results.facets("image"), RangeError);
  });

  const highest = (image) =>
    labelsOf(image).reduce((most, { Confidence }) => Math.max(most ?? 0, Confidence), undefined);
  const keys = {
    image: refOf,
    confidence: highest,
    labels: (image) => labelsOf(image).length,
    model: modelOf,
    code: (image) => image.code,
  };
  for (const [field, keyOf] of Object.entries(keys)) {
    test(`sorted by ${field}`, LIMIT, () => {
      for (const [sort, sign] of [
        [field, 1],
        [`-${field}`, -1],
      ]) {
        const compare = (a, b) => {
          const [x, y] = [keyOf(a), keyOf(b)];
          if (x === y) return 0;
          if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
          return x < y ? -sign : sign;
        };
        assert.deepEqual([...results.query("", { sort })].map(refOf), images.toSorted(compare).map(refOf));
      }
    });
  }

  test("what cannot be read or sorted by", LIMIT, () => {
    assert.throws(
      () => results.query("labl:x y"),
      (error) => {
        assert.ok(error instanceof QueryError);
        assert.deepEqual([error.start, error.end], [0, 4]);
        assert.ok(error.expected.includes("label"));
        return true;
      },
    );
    assert.throws(
      () => results.query("ä confidence:high"),
      (error) => error instanceof QueryError && error.start === 13,
    );
    assert.throws(() => results.query("", { sort: "label" }), RangeError);
    assert.throws(() => results.query(5), TypeError);
  });

  test("its fields and tokens", LIMIT, () => {
    assert.deepEqual(
      results.fields.map(({ name }) => name),
      ["image", "label", "parent", "level", "confidence", "type", "model", "labels", "code", "message", "has", "no"],
    );
    assert.deepEqual(results.fields.at(-1).values, ["label", "type", "model", "error"]);
    assert.deepEqual(results.tokens("ä label:=x status:y"), [
      { kind: "word", start: 0, end: 1, value: "ä" },
      { kind: "field", start: 2, end: 8, field: "label" },
      { kind: "value", start: 8, end: 10, field: "label", value: "x", exact: true },
      { kind: "field", start: 11, end: 18 },
      { kind: "value", start: 18, end: 19, value: "y" },
    ]);
  });
});

describe("two results compared", () => {
  const before = results61(600, 3);
  const now = results70(650, 4);
  const judge = (threshold) => {
    const there = new Map();
    for (const image of now.toReversed()) there.set(refOf(image), image);
    const here = new Map();
    for (const image of before.toReversed()) here.set(refOf(image), image);
    const names = (image) =>
      [
        ...new Set(
          labelsOf(image)
            .filter(({ Confidence }) => threshold === undefined || Confidence >= threshold)
            .map(({ Name }) => Name),
        ),
      ].sort();
    const counts = { both: 0, onlyHere: 0, onlyThere: 0, unchanged: 0, nowFlagged: 0, nowUnflagged: 0, otherLabels: 0 };
    const rows = [];
    for (const image of before) {
      if (here.get(refOf(image)) !== image) continue;
      const other = there.get(refOf(image));
      if (!other) {
        counts.onlyHere++;
        continue;
      }
      counts.both++;
      const [a, b] = [names(image), names(other)];
      const change =
        json(a) === json(b)
          ? "unchanged"
          : a.length === 0
            ? "nowFlagged"
            : b.length === 0
              ? "nowUnflagged"
              : "otherLabels";
      counts[change]++;
      if (change !== "unchanged") rows.push({ "source-ref": refOf(image), change, here: image, there: other });
    }
    counts.onlyThere = [...there.keys()].filter((ref) => !here.has(ref)).length;
    return { counts, rows };
  };

  test("of a 6.1 and a 7.0 run, in one engine and in two", LIMIT, async () => {
    const jobs = await createJobs();
    opened.push(jobs);
    const pairs = [
      [await jobs.openResults(resultsFile(before)), await jobs.openResults(resultsFile(now))],
      [await open(resultsFile(before)), await open(resultsFile(now))],
    ];
    for (const [here, there] of pairs) {
      for (const threshold of [undefined, 70, 95]) {
        const compared = here.compare(there, threshold === undefined ? undefined : { threshold });
        const expected = judge(threshold);
        assert.deepEqual({ ...compared }, expected.counts);
        assert.ok(
          Object.values(expected.counts).every((count) => count > 0),
          "the comparison tells nothing",
        );
        assert.equal(compared.length, expected.rows.length);
        assert.deepEqual(compared.rows(0, 10_000), expected.rows);
        assert.deepEqual(compared.rows(5, 3), expected.rows.slice(5, 8));
        assert.deepEqual(compared.rows(10_000, 3), []);
        compared.close();
        assert.throws(() => compared.rows(0, 1), /closed/);
      }
    }
    assert.throws(() => results.compare(jobs), TypeError);
  });

  test("of parts of them, in the order of the first", LIMIT, async () => {
    const [here, there] = [await open(resultsFile(before)), await open(resultsFile(now))];
    const part = here.query("has:label", { sort: "-image" });
    const compared = part.compare(there.flagged(80));
    const refs = compared.rows(0, 1_000).map(refOf);
    assert.deepEqual(refs, refs.toSorted().reverse());
    assert.equal(compared.nowFlagged + compared.nowUnflagged, 0);
  });
});

describe("exports", () => {
  test("json and ndjson are what the rows are", LIMIT, async () => {
    const view = results.query("has:label", { sort: "-confidence" });
    const rows = [...view];
    assert.deepEqual(JSON.parse(await view.export("json").text()), rows);
    const lines = (await view.export("ndjson").text()).trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      rows,
    );
    const parts = [];
    for await (const part of view.exportStream("ndjson")) parts.push(part);
    assert.equal(Buffer.concat(parts).toString(), `${lines.join("\n")}\n`);
    assert.throws(() => view.export("xml"), RangeError);
  });

  test("csv has a row a label, one for an image without any, and no formulas", LIMIT, async () => {
    const awkward = [
      {
        "source-ref": "=1+1",
        "detect-moderation-labels": {
          ModerationLabels: [{ Name: '@"x",\n', ParentName: "-p", Confidence: 5.5, TaxonomyLevel: 2 }, { Name: "+y" }],
          ModerationModelVersion: "7.0",
          ContentTypes: [{ Name: "A", Confidence: 1 }, { Name: "B" }],
        },
      },
      { "source-ref": "b", code: "C", message: "\tm" },
    ];
    const read = await open(resultsFile(awkward));
    assert.equal(
      await read.export("csv").text(),
      [
        "Image,Label,ParentLabel,TaxonomyLevel,Confidence,ContentTypes,ModerationModelVersion,ErrorCode,ErrorMessage",
        `'=1+1,"'@""x"",\n",'-p,2,5.5,A;B,7.0,,`,
        "'=1+1,'+y,,,,A;B,7.0,,",
        "b,,,,,,,C,'\tm",
        "",
      ].join("\r\n"),
    );
    const rows = (await results.export("csv").text()).trimEnd().split("\r\n").length - 1;
    assert.equal(
      rows,
      images.reduce((sum, image) => sum + Math.max(1, labelsOf(image).length), 0),
    );
  });
});

describe("the end of it", () => {
  test("closing results closes what came of them; closing jobs closes their results", LIMIT, async () => {
    const jobs = await createJobs();
    const read = await jobs.openResults(json(images[0]));
    const view = read.query("");
    const flagged = view.flagged(10);
    const compared = read.compare(view);
    view.close();
    assert.throws(() => view.length, /this ResultView is closed/);
    assert.equal(flagged.length, labelsOf(images[0]).some(({ Confidence }) => Confidence >= 10) ? 1 : 0);
    read.close();
    for (const use of [
      () => read.size,
      () => read.fields,
      () => flagged.length,
      () => compared.rows(0, 1),
      () => read.tokens(""),
      () => read.labels(),
    ]) {
      assert.throws(use, /closed/);
    }
    const other = await jobs.openResults(json(images[0]));
    jobs.close();
    assert.throws(() => other.length, /closed/);
    await assert.rejects(jobs.openResults(""), /closed/);
  });

  test("a thousand openings of one engine do not pile up", LIMIT, async () => {
    const jobs = await createJobs();
    opened.push(jobs);
    const source = resultsFile(images.slice(0, 500));
    for (let round = 0; round < 200; round++) {
      const read = await jobs.openResults(source);
      read.query("label:violence").flagged(50);
      read.close();
    }
    const read = await jobs.openResults(source);
    assert.equal(read.size, 500);
  });
});
