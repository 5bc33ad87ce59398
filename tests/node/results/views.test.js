// Views of results: compared, exported and closed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { results61, results70, resultsFile } from "./results_of.js";
import { LIMIT, json, opened, open, labelsOf, refOf, images, results } from "./opened.js";

test(
  "an image is found by its source-ref in any order, the first of several, and not among others",
  LIMIT,
  async () => {
    const lines = results70(50, 9);
    const all = await open(resultsFile([...lines, lines[7]]));
    for (const view of [all, all.query("", { sort: "-image" }), all.query("", { sort: "confidence" })]) {
      const refs = [...view].map(refOf);
      for (const ref of refs) assert.equal(view.indexOf(ref), refs.indexOf(ref));
    }
    assert.equal(all.indexOf("s3://nowhere/none"), -1);
    assert.equal(all.query("image:zzz-none").indexOf(refOf(lines[0])), -1);
  },
);

test("a CSV's texts are as they stand, when no spreadsheet is to read it", LIMIT, async () => {
  const results = await open(resultsFile([{ "source-ref": "=1+1" }]));
  assert.ok((await results.export("csv").text()).includes("\n'=1+1,"));
  for (const csv of [
    results.export("csv", { guardFormulas: false }),
    new Response(results.exportStream("csv", { guardFormulas: false })),
  ]) {
    assert.ok((await csv.text()).includes("\n=1+1,"));
  }
  const jobs = await createJobs();
  opened.push(jobs);
  await jobs.import('{"JobId":"a","JobName":"@cmd"}');
  const view = jobs.query();
  assert.ok((await view.export("csv").text()).includes("a,'@cmd,"));
  assert.equal(await view.export("csv", { guardFormulas: true }).text(), await view.export("csv").text());
  assert.ok((await view.export("csv", { guardFormulas: false }).text()).includes("a,@cmd,"));
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
