// The order of what a query finds, against a plain JavaScript model.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LIMIT, FIELDS, byUtf8, MODEL, jobs, idsOf, defaultOrder, is } from "./model.js";

describe("sorting", () => {
  const MEMBERS = {
    JobId: "id",
    JobName: "name",
    Status: "status",
    CreationTimestamp: "created",
    CompletionTimestamp: "completed",
    KmsKeyId: "kms",
  };
  const compare = (a, b) => (typeof a === "string" ? byUtf8(a, b) : a - b);
  const sorted = (value, isDescending) =>
    [...MODEL].sort((a, b) => {
      const [first, second] = [value(a), value(b)];
      if ((first === undefined) !== (second === undefined)) return first === undefined ? 1 : -1;
      const order = first === undefined ? 0 : compare(first, second);
      return order === 0 ? defaultOrder(a, b) : isDescending ? -order : order;
    });

  for (const [name, field] of [...Object.keys(FIELDS).map((each) => [each, each]), ...Object.entries(MEMBERS)]) {
    test(`by ${name}, both ways`, LIMIT, () => {
      assert.deepEqual(idsOf(jobs.query("", { sort: name })), idsOf(sorted(FIELDS[field], false)));
      assert.deepEqual(idsOf(jobs.query("", { sort: `-${name}` })), idsOf(sorted(FIELDS[field], true)));
      const some = sorted(FIELDS[field], true).filter(is("status", "FAILED"));
      assert.deepEqual(idsOf(jobs.query("status:failed", { sort: `-${name}` })), idsOf(some));
    });
  }

  for (const name of ["OperationsConfig", "FailureDetails", "Input", "OutputConfig", "Results", "ManifestSummary"]) {
    test(`by ${name}, which is a top-level member: those without it come last`, LIMIT, () => {
      for (const sort of [name, `-${name}`]) {
        const list = [...jobs.query("", { sort })];
        assert.equal(list.length, MODEL.length);
        const lacks = list.map((job) => !Object.hasOwn(job, name));
        assert.ok(lacks.lastIndexOf(false) < lacks.lastIndexOf(true));
        assert.ok(
          list
            .slice(-MODEL.filter((job) => !Object.hasOwn(job, name)).length)
            .every((job) => !Object.hasOwn(job, name) || sort.length > 0),
        );
      }
    });
  }

  test("text sorts by its UTF-8 bytes, not by UTF-16 units", LIMIT, () => {
    const ids = ["private-use", "late-bmp", "astral"];
    const place = (list) => idsOf(list).filter((id) => ids.includes(id));
    assert.deepEqual(place(jobs.query("", { sort: "name" })), ids);
    assert.deepEqual(place(jobs.query("", { sort: "-name" })), [...ids].reverse());
    const inUtf16 = MODEL.filter(({ JobId }) => ids.includes(JobId)).sort((a, b) => (a.JobName < b.JobName ? -1 : 1));
    assert.notDeepEqual(idsOf(inUtf16), ids, "the names tell the two orders apart");
  });

  test("without a sort, newest first", LIMIT, () => {
    const expected = idsOf([...MODEL].sort(defaultOrder));
    for (const options of [undefined, {}, { sort: undefined }])
      assert.deepEqual(idsOf(jobs.query("", options)), expected);
  });

  test("by what is neither field nor member is a RangeError", LIMIT, () => {
    for (const sort of [
      "nope",
      "-nope",
      "--created",
      "-",
      "has",
      "no",
      "MinConfidence",
      "Bucket",
      "__proto__",
      "constructor",
      "toString",
      " created",
      "created,name",
    ]) {
      assert.throws(() => jobs.query("", { sort }), RangeError, sort);
    }
  });
});
