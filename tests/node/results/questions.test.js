// Questions about results, against plain JavaScript over the same images.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { QueryError } from "rekognition-jobs";
import { LIMIT, json, labelsOf, refOf, images, results } from "./opened.js";

const typesOf = (image) => image["detect-moderation-labels"]?.ContentTypes ?? [];
const isAnswered = (image) => image["detect-moderation-labels"] !== undefined;
const modelOf = (image) => image["detect-moderation-labels"]?.ModerationModelVersion;

describe("questions, with plain JavaScript as the judge", () => {
  const has = (text, part) => (text ?? "").toLowerCase().includes(part.toLowerCase());
  const any = (test) => (image) => labelsOf(image).some(test);
  const queries = {
    "": () => true,
    "label:violence": any(({ Name }) => has(Name, "violence")),
    "label:violence confidence:>=80": any(({ Name, Confidence }) => has(Name, "violence") && Confidence >= 80),
    "confidence:>=80 label:violence image:*/ads/*": (image) =>
      has(refOf(image), "/ads/") && any(({ Name, Confidence }) => has(Name, "violence") && Confidence >= 80)(image),
    "-label:*": (image) => isAnswered(image) && labelsOf(image).length === 0,
    "no:answer": (image) => !isAnswered(image),
    "has:answer": isAnswered,
    "-label:* OR no:answer": (image) => labelsOf(image).length === 0,
    "-(label:*)": (image) => isAnswered(image) && labelsOf(image).length === 0,
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
    assert.deepEqual(results.fields.at(-1).values, ["label", "type", "model", "error", "answer"]);
    assert.deepEqual(results.tokens("ä label:=x status:y"), [
      { kind: "word", start: 0, end: 1, value: "ä" },
      { kind: "field", start: 2, end: 8, field: "label" },
      { kind: "value", start: 8, end: 10, field: "label", value: "x", exact: true },
      { kind: "field", start: 11, end: 18 },
      { kind: "value", start: 18, end: 19, value: "y" },
    ]);
  });
});
