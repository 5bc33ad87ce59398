// Exports of results as tables, whose rows repeat the image's texts for each label: a very large one is an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OutOfMemoryError, openResults } from "rekognition-jobs";
import { LIMIT } from "./opened.js";

/** One image with a long text and many labels. */
function imageWith({ text, labels, member }) {
  const label = { Name: "a", Confidence: 50, TaxonomyLevel: 1, ParentName: "" };
  const image = {
    "source-ref": "s3://bucket/a.png",
    "detect-moderation-labels": { ModerationLabels: Array.from({ length: labels }, () => label) },
  };
  const long = "x".repeat(text);
  const places = {
    "source-ref": image,
    ModerationModelVersion: image["detect-moderation-labels"],
    message: image,
  };
  places[member][member] = member === "source-ref" ? `s3://bucket/${long}` : long;
  return JSON.stringify(image);
}

for (const member of ["source-ref", "ModerationModelVersion"]) {
  test(
    `a table that would repeat a ${member} of 200,000 characters 20,000 times is an OutOfMemoryError`,
    LIMIT,
    async () => {
      const results = await openResults(imageWith({ text: 200_000, labels: 20_000, member }));
      for (const format of ["csv", "markdown"]) {
        assert.throws(() => results.query("").export(format), OutOfMemoryError);
      }
      assert.equal(results.query("label:a").length, 1, "the engine goes on");
      assert.ok(results.query("").export("ndjson").size > 1_000_000);
    },
  );

  test(`a table that repeats a ${member} of 2,000 characters 2,000 times is written`, LIMIT, async () => {
    const results = await openResults(imageWith({ text: 2000, labels: 2000, member }));
    const lines = (await results.query("").export("csv").text()).trim().split("\r\n");
    assert.equal(lines.length, 2001);
    assert.ok(lines.slice(1).every((line) => line.includes("x".repeat(2000))));
  });
}
