// A NextToken on its way through a caller: long ones that the service gave, in answers, files and snapshots, and the AWS
// CLI's, which hold the service's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { closing, failure, fetchingFrom, LIMIT, pagesOf, stored, walk } from "./calls.js";

const tokens = ["x", "y"].map((letter) => letter.repeat(1_500));
const pages = { "": [["a"], tokens[0]], [tokens[0]]: [["b"], tokens[1]], [tokens[1]]: [["c"]] };
const asked = (fetch) => fetch.requests.map(({ body }) => body.NextToken);
const ids = (jobs) => stored(jobs).map(({ JobId }) => JobId);
const NextToken = tokens[0];

describe("a token of 1,500 characters that the service gave", () => {
  test("is followed by load and paginate", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(walk(pages));
    assert.equal((await jobs.load()).complete, true);
    assert.deepEqual(ids(jobs), ["a", "b", "c"]);
    assert.equal((await pagesOf(jobs.paginateListMediaAnalysisJobs())).length, 3);
    assert.deepEqual(asked(fetch), [undefined, ...tokens, undefined, ...tokens]);
  });

  test("is taken from a caller that had it from list, paginate or load", LIMIT, async () => {
    const ways = {
      list: async (jobs) => (await jobs.listMediaAnalysisJobs()).NextToken,
      paginate: async (jobs) => (await jobs.paginateListMediaAnalysisJobs().next()).value.NextToken,
      load: async (jobs) => {
        const controller = new AbortController();
        const onProgress = () => controller.abort();
        await assert.rejects(jobs.load({ signal: controller.signal, onProgress }), { name: "AbortError" });
        return jobs.loaded.NextToken;
      },
    };
    for (const [name, way] of Object.entries(ways)) {
      const { jobs } = await fetchingFrom(walk(pages));
      const token = await way(jobs);
      assert.equal(token, NextToken, name);
      assert.equal((await jobs.listMediaAnalysisJobs({ NextToken: token })).NextToken, tokens[1]);
      assert.equal((await pagesOf(jobs.paginateListMediaAnalysisJobs({ NextToken: token }))).length, 2);
      assert.equal((await jobs.load({ NextToken: token })).complete, true);
    }
  });

  test("is taken after an import of a page with it, and from a snapshot", LIMIT, async () => {
    const page = { MediaAnalysisJobs: [{ JobId: "a" }], NextToken };
    for (const text of [JSON.stringify(page), `// saved\n${JSON.stringify(page)}`]) {
      const { jobs } = await fetchingFrom(walk(pages));
      const imported = await jobs.import(text);
      assert.equal(imported.NextToken, NextToken);
      assert.equal((await jobs.load({ NextToken })).complete, true);
      assert.deepEqual(ids(jobs), ["a", "b", "c"]);
    }
    const { jobs } = await fetchingFrom(({ body }) => (body.NextToken ? { status: 400 } : walk(pages)({ body })));
    await failure(jobs.load(), "UnknownError");
    const snapshot = await new Response(jobs.snapshot()).blob();
    const { fetch } = await fetchingFrom(walk(pages));
    const again = closing(await createJobs({ region: "us-east-1", fetch, snapshot }));
    assert.equal(again.loaded.NextToken, NextToken);
    assert.equal((await again.load({ NextToken: again.loaded.NextToken })).complete, true);
    assert.deepEqual(asked(fetch), tokens);
  });

  test("is refused from a caller that the service did not give it to", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(walk(pages));
    await jobs.load();
    for (const token of ["z".repeat(1_500), tokens[0].slice(1), `${tokens[0]}x`]) {
      const error = await failure(jobs.listMediaAnalysisJobs({ NextToken: token }), "InvalidParameterException");
      assert.equal(error.$metadata.attempts, 0);
    }
    assert.equal(fetch.requests.length, 3);
  });
});

test("a token of more than a megabyte is none of the service's", LIMIT, async () => {
  const { fetch, jobs } = await fetchingFrom(walk({ "": [["a"], "x".repeat(2 ** 20 + 1)] }));
  const error = await failure(jobs.load(), "InvalidResponseError");
  assert.equal(error.message, "the service gave a NextToken of 1048577 bytes");
  assert.deepEqual(ids(jobs), ["a"]);
  assert.equal(fetch.requests.length, 1);
  const { jobs: other } = await fetchingFrom(
    walk({ "": [["a"], "x".repeat(2 ** 20)], ["x".repeat(2 ** 20)]: [["b"]] }),
  );
  assert.equal((await other.load()).complete, true);
});

describe("the AWS CLI's NextToken", () => {
  /** As botocore writes it: JSON with blanks, in base64. */
  const ofTheCli = (token, more = "") =>
    btoa(
      `{"NextToken": ${JSON.stringify(token)}${more}}`.replace(
        /[^\x20-\x7e]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ),
    );
  const list = { "": [["a"], "t1"], t1: [["b"], "t2"], t2: [["c"]] };
  const calls = {
    list: async (jobs, input) => (await jobs.listMediaAnalysisJobs(input)).MediaAnalysisJobs.map(({ JobId }) => JobId),
    paginate: async (jobs, input) =>
      (await pagesOf(jobs.paginateListMediaAnalysisJobs(input))).flatMap(({ MediaAnalysisJobs }) =>
        MediaAnalysisJobs.map(({ JobId }) => JobId),
      ),
    load: async (jobs, input) => {
      await jobs.load(input);
      return ids(jobs);
    },
  };

  for (const [what, cli, first, rest] of [
    ["between pages", ofTheCli("t1"), "t1", ["b", "c"]],
    ["within a page", ofTheCli("t1", ', "boto_truncate_amount": 2'), "t1", ["b", "c"]],
    ["within the first page", ofTheCli(null, ', "boto_truncate_amount": 2'), undefined, ["a", "b", "c"]],
    ["of a long token", ofTheCli(tokens[1]), tokens[1], ["c"]],
  ]) {
    test(`${what} is turned into the service's`, LIMIT, async () => {
      for (const [name, call] of Object.entries(calls)) {
        const { fetch, jobs } = await fetchingFrom(walk({ ...list, ...pages, "": list[""] }));
        const found = await call(jobs, { NextToken: cli });
        assert.deepEqual(found, name === "list" ? rest.slice(0, 1) : rest, name);
        assert.equal(asked(fetch)[0], first);
      }
    });
  }

  test("of a listing that the CLI saved leads on", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(walk(list));
    const saved = { MediaAnalysisJobs: [{ JobId: "a" }], NextToken: ofTheCli("t1", ', "boto_truncate_amount": 0') };
    const { NextToken } = await jobs.import(JSON.stringify(saved));
    assert.equal((await jobs.load({ NextToken })).complete, true);
    assert.deepEqual(asked(fetch), ["t1", "t2"]);
    assert.deepEqual(ids(jobs), ["a", "b", "c"]);
  });

  test("that is only like one is sent as it is", LIMIT, async () => {
    for (const token of [
      btoa('{"NextToken": 5}'),
      btoa('{"NextToken": "t", "more": 1}'),
      btoa('{"next": "t"}'),
      "eyJ9",
    ]) {
      const { fetch, jobs } = await fetchingFrom(walk({ [token]: [["a"]] }));
      await jobs.load({ NextToken: token });
      assert.deepEqual(asked(fetch), [token]);
    }
  });
});
