// When credentials are renewed, when attempts and their timers end, how far streams read ahead: to the millisecond.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { createJobs, fromCognitoIdentityPool } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { BUCKET } from "../s3/s3_objects.js";

const LIMIT = { timeout: 30_000 };
const NOW = Date.UTC(2026, 10, 24, 9, 30);
const MINUTE = 60_000;
const EMPTY = '{"MediaAnalysisJobs":[]}';
const { now } = Date;

const toClose = [];
afterEach(() => {
  Date.now = now;
  for (const each of toClose.splice(0)) each.close();
});

async function jobsWith(options) {
  const jobs = await createJobs({ region: "us-east-1", ...options });
  toClose.push(jobs);
  return jobs;
}

describe("credentials of a provider", () => {
  for (const [name, lifetime, renewedAfter] of [
    ["of an hour are renewed five minutes before their end", 60 * MINUTE, 55 * MINUTE],
    ["of ten minutes are renewed after half of them", 10 * MINUTE, 5 * MINUTE],
    ["of eleven minutes are renewed five minutes before their end", 11 * MINUTE, 6 * MINUTE],
    ["of two minutes are renewed after one", 2 * MINUTE, MINUTE],
  ]) {
    test(name, LIMIT, async () => {
      let time = NOW;
      Date.now = () => time;
      let asked = 0;
      const credentials = async () => {
        asked++;
        return { ...EXAMPLE, expiration: new Date(time + lifetime) };
      };
      const jobs = await jobsWith({ credentials, fetch: async () => new Response(EMPTY) });
      const askedAfter = async (passed) => {
        time = NOW + passed;
        await jobs.listMediaAnalysisJobs();
        return asked;
      };
      assert.equal(await askedAfter(0), 1);
      assert.equal(await askedAfter(renewedAfter - 1), 1);
      assert.equal(await askedAfter(renewedAfter), 2);
    });
  }

  test("without an end are asked for once", LIMIT, async () => {
    let time = NOW;
    Date.now = () => time;
    let asked = 0;
    const credentials = async () => {
      asked++;
      return EXAMPLE;
    };
    const jobs = await jobsWith({ credentials, fetch: async () => new Response(EMPTY) });
    for (const years of [0, 1, 100]) {
      time = NOW + years * 365 * 24 * 60 * MINUTE;
      await jobs.listMediaAnalysisJobs();
    }
    assert.equal(asked, 1);
  });

  for (const isStillGood of [true, false]) {
    test(
      `${isStillGood ? "are used on" : "are not used"} when the next cannot be had and they have ${isStillGood ? "not " : ""}expired`,
      LIMIT,
      async () => {
        let time = NOW;
        Date.now = () => time;
        let asked = 0;
        const credentials = async () => {
          if (asked++ > 0) throw new Error("no more");
          return { ...EXAMPLE, expiration: new Date(NOW + 60 * MINUTE) };
        };
        const jobs = await jobsWith({ credentials, fetch: async () => new Response(EMPTY) });
        await jobs.listMediaAnalysisJobs();
        time = NOW + 60 * MINUTE - (isStillGood ? 1 : 0);
        if (isStillGood) await jobs.listMediaAnalysisJobs();
        else await assert.rejects(jobs.listMediaAnalysisJobs(), /no more/);
        assert.equal(asked, 2);
      },
    );
  }
});

describe("an identity of a pool", () => {
  /** A pool whose service answers GetCredentialsForIdentity as `answers` say, one after another. */
  function poolOf(...answers) {
    const asked = [];
    const fetch = async (_, { headers, body }) => {
      const operation = new Headers(headers).get("x-amz-target").split(".")[1];
      const { IdentityId } = JSON.parse(body);
      asked.push(operation === "GetId" ? operation : `${operation} ${IdentityId}`);
      if (operation === "GetId") return new Response(JSON.stringify({ IdentityId: `id-${asked.length}` }));
      return answers.shift()();
    };
    return { asked, provide: fromCognitoIdentityPool({ identityPoolId: "us-east-1:1", fetch, maxAttempts: 1 }) };
  }
  const given = () =>
    new Response(
      JSON.stringify({
        Credentials: { AccessKeyId: "A", SecretKey: "s", SessionToken: "t", Expiration: 1_795_000_000 },
      }),
    );
  const refused = () => new Response('{"__type":"ResourceNotFoundException","message":"gone"}', { status: 400 });

  test("is used again", LIMIT, async () => {
    const { asked, provide } = poolOf(given, given);
    const credentials = await provide();
    assert.deepEqual(credentials, {
      accessKeyId: "A",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: new Date(1_795_000_000_000),
    });
    await provide();
    assert.deepEqual(asked, ["GetId", "GetCredentialsForIdentity id-1", "GetCredentialsForIdentity id-1"]);
  });

  test("is asked for anew once it was refused", LIMIT, async () => {
    const { asked, provide } = poolOf(refused, given);
    await assert.rejects(provide(), { name: "ResourceNotFoundException" });
    await provide();
    assert.deepEqual(asked, ["GetId", "GetCredentialsForIdentity id-1", "GetId", "GetCredentialsForIdentity id-3"]);
  });
});

describe("an attempt", () => {
  const LIMIT_OF_REQUEST = 98_765;

  test("has the only timer that runs for a request, and leaves none behind", LIMIT, async (t) => {
    const running = new Set();
    const { setTimeout, clearTimeout } = globalThis;
    globalThis.setTimeout = (act, milliseconds, ...rest) => {
      const timer = setTimeout(act, milliseconds, ...rest);
      if (milliseconds === LIMIT_OF_REQUEST) running.add(timer);
      return timer;
    };
    globalThis.clearTimeout = (timer) => {
      running.delete(timer);
      clearTimeout(timer);
    };
    t.after(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
    const answers = [
      () => new Response('{"__type":"ThrottlingException"}', { status: 400, headers: { "x-amz-retry-after": "1" } }),
      () => new Response("{}", { status: 500 }),
      () => Promise.reject(new TypeError("fetch failed")),
      () => new Response("<html>"),
      () => new Response(EMPTY),
    ];
    const counts = [];
    const jobs = await jobsWith({
      requestTimeout: LIMIT_OF_REQUEST,
      maxAttempts: 9,
      fetch: async () => {
        counts.push(running.size);
        return answers.shift()();
      },
    });
    const whileWaiting = [];
    await jobs.load({
      onProgress: ({ waitingMs }) => {
        if (waitingMs !== undefined) whileWaiting.push(running.size);
      },
    });
    assert.deepEqual(counts, [1, 1, 1, 1, 1]);
    assert.ok(whileWaiting.length >= 4, "each retry waits, and the rate limiter may make it wait again");
    assert.deepEqual(new Set(whileWaiting), new Set([0]));
    assert.equal(running.size, 0);
    // A refresh sends nothing ahead, and one that was never throttled waits for nothing between its pages.
    const pages = [
      '{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"two"}',
      '{"MediaAnalysisJobs":[{"JobId":"b"}],"NextToken":"three"}',
      EMPTY,
    ];
    const atEach = [];
    const refreshing = await jobsWith({
      requestTimeout: LIMIT_OF_REQUEST,
      fetch: async () => {
        atEach.push(running.size);
        return new Response(pages.shift() ?? EMPTY);
      },
    });
    await refreshing.refresh();
    assert.deepEqual(new Set(atEach), new Set([1]));
    assert.ok(atEach.length >= 3);
    assert.equal(running.size, 0);
  });

  test("that was sent ahead in vain is given up", LIMIT, async () => {
    const page = '{"MediaAnalysisJobs":[{"JobId":5}],"NextToken":"two"}';
    const good = '{"MediaAnalysisJobs":[{"JobId":"a"}]}';
    const sent = [];
    const jobs = await jobsWith({
      maxAttempts: 2,
      fetch: async (_, { body, signal }) => {
        const { NextToken = "one" } = JSON.parse(body);
        sent.push({ NextToken, signal });
        if (NextToken === "two")
          return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        return new Response(sent.length === 1 ? page : good);
      },
    });
    const loaded = await jobs.load();
    assert.equal(loaded.complete, true);
    assert.deepEqual(
      sent.map(({ NextToken }) => NextToken),
      ["one", "two", "one"],
    );
    assert.deepEqual(
      sent.map(({ signal }) => signal.aborted),
      [false, true, false],
    );
    assert.equal(sent[1].signal.reason.name, "AbortError");
  });

  test("is over after as long as it may take", LIMIT, async () => {
    const jobs = await jobsWith({ requestTimeout: 20, maxAttempts: 1, fetch: () => new Promise(() => {}) });
    await assert.rejects(jobs.listMediaAnalysisJobs(), { name: "TimeoutError", message: /within 20 ms/ });
  });
});

describe("a stream", () => {
  test("of an object of S3 asks for nothing before it is read", LIMIT, async () => {
    const line = `${JSON.stringify({ "source-ref": "s3://a/1.jpg", "detect-moderation-labels": { ModerationLabels: [] } })}\n`;
    let pulls = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          pulls++;
          controller.enqueue(new TextEncoder().encode(line));
          if (pulls === 3) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const { namingBreaks } = await import("../../../dist/s3/timed_stream.js");
    const response = namingBreaks(new Response(body), `s3://${BUCKET}/x`, 1_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(pulls, 0);
    const reader = response.body.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(pulls, 1);
    await reader.read();
    await reader.read();
    assert.equal((await reader.read()).done, true);
  });

  test("of an export comes in parts that end with the job that reaches 256 kB", LIMIT, async () => {
    const jobs = await jobsWith({});
    await jobs.import(
      Array.from({ length: 1_700 }, (_, i) => JSON.stringify({ JobId: `j${i}`, JobName: "n".repeat(1_000) })).join(
        "\n",
      ),
    );
    const view = jobs.query();
    const parts = [];
    for await (const part of view.exportStream("ndjson")) parts.push(new TextDecoder().decode(part));
    const longestLine = 1_100;
    assert.equal(parts.join("").trim().split("\n").length, 1_700);
    assert.ok(parts.length > 5);
    for (const part of parts.slice(0, -1)) {
      assert.ok(part.endsWith("}\n"));
      assert.ok(part.length >= 2 ** 18 && part.length < 2 ** 18 + longestLine, `${part.length} bytes`);
    }
    assert.ok(parts.at(-1).length < 2 ** 18);
    view.close();
  });
});

test("exports are of the media type that their format has, in UTF-8", LIMIT, async () => {
  const jobs = await jobsWith({});
  const view = jobs.query();
  assert.equal(view.export("json").type, "application/json");
  assert.equal(view.export("ndjson").type, "application/x-ndjson");
  assert.equal(view.export("csv").type, "text/csv;charset=utf-8");
  view.close();
});

test("an error's place counts a byte order mark as one unit, as JavaScript does", LIMIT, async () => {
  const jobs = await jobsWith({});
  for (const before of ["", "\uFEFF", "é\uFEFF ", "😀 "]) {
    const query = `${before} status:nope`;
    const begin = query.indexOf("nope");
    assert.throws(
      () => jobs.query(query),
      ({ start, end }) => start === begin && end === begin + 4,
      JSON.stringify(before),
    );
  }
});

test(
  "what ended a load early is told by jobs.loaded, whatever the reason, and the reason is left as it is",
  LIMIT,
  async () => {
    const page = '{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"two"}';
    for (const reason of ["enough", 7, null, Object.freeze({ why: "frozen" }), new Error("own")]) {
      const controller = new AbortController();
      const jobs = await jobsWith({
        fetch: async (_, { body }) => {
          if (!body.includes("two")) return new Response(page);
          queueMicrotask(() => controller.abort(reason));
          return new Promise(() => {});
        },
      });
      const before = reason instanceof Error ? Object.keys(reason) : undefined;
      await assert.rejects(jobs.load({ signal: controller.signal, onProgress() {} }), (thrown) => thrown === reason);
      assert.equal(jobs.loaded.complete, false);
      if (before) assert.deepEqual(Object.keys(reason), before);
    }
  },
);
