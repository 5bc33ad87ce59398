// import() while it runs: its progress, and how it is aborted.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meant, wireJob } from "../jobs_of.js";
import { LIMIT, jobs, open, stored, imported, utf8, json, chunked, A } from "./imports.js";

describe("progress and abort", () => {
  const many = Array.from({ length: 3_000 }, (_, i) => wireJob(`job-${i}`));
  const text = many.map((job, i) => (i % 100 === 7 ? '{"JobId":7}\n' : `${json(job)}\n`)).join("");
  const size = utf8(text).length;

  test("progress only grows, and ends with the whole", LIMIT, async () => {
    const sources = {
      "with a total": [
        utf8(text),
        utf8(text).buffer,
        new Blob([text]),
        new Response(text, { headers: { "content-length": size } }),
      ],
      without: [chunked(text, () => 10_000), new Blob([text]).stream()],
    };
    for (const [kind, each] of Object.entries(sources)) {
      for (const source of each) {
        const told = [];
        const { result } = await imported(source, { onProgress: (progress) => told.push({ ...progress }) });
        assert.equal(result.added, 2_970);
        assert.equal(result.rejectedCount, 30);
        assert.ok(told.length > 1, `${source.constructor.name}: ${told.length}`);
        for (let i = 1; i < told.length; i++) {
          for (const name of ["bytes", "jobs", "rejected"]) assert.ok(told[i][name] >= told[i - 1][name], name);
        }
        const total = kind === "without" ? {} : { totalBytes: size };
        assert.deepEqual(told.at(-1), { bytes: size, jobs: 2_970, rejected: 30, ...total });
      }
    }
  });

  test("an abort before it starts takes nothing in", LIMIT, async () => {
    open();
    const reason = new Error("changed my mind");
    for (const source of [text, utf8(text), new Blob([text]), new Response(text), chunked(text, () => 1_000)]) {
      await assert.rejects(jobs.import(source, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
    }
    await assert.rejects(jobs.import(text, { signal: AbortSignal.abort() }), { name: "AbortError" });
    assert.equal(jobs.size, 0);
  });

  test("an abort while the source hangs ends it at once", LIMIT, async () => {
    open();
    const hanging = new ReadableStream({
      start: (controller) => controller.enqueue(utf8(`${json(A)}\n{"JobId":"half`)),
    });
    const controller = new AbortController();
    const reason = { mine: true };
    const call = jobs.import(hanging, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(reason);
    const tick = new Promise((resolve) => setImmediate(resolve, "late"));
    await assert.rejects(
      Promise.race([
        call,
        tick.then((late) => {
          throw late;
        }),
      ]),
      (error) => error === reason,
    );
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("an abort cancels the stream, so that a download ends", LIMIT, async () => {
    open();
    let isCancelled = false;
    const make = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(utf8(`${json(A)}\n`)),
        cancel: () => {
          isCancelled = true;
        },
      });
    for (const source of [make(), new Response(make())]) {
      isCancelled = false;
      const controller = new AbortController();
      const call = jobs.import(source, { signal: controller.signal });
      await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort();
      await assert.rejects(call, { name: "AbortError" });
      await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(isCancelled, source.constructor.name);
    }
  });

  test("an abort in the middle keeps what was read, and stops reading", LIMIT, async () => {
    open();
    const controller = new AbortController();
    let served = 0;
    const source = (async function* () {
      for (const job of many) {
        served++;
        if (served === 100) controller.abort();
        yield `${json(job)}\n`;
      }
    })();
    await assert.rejects(jobs.import(source, { signal: controller.signal }), { name: "AbortError" });
    assert.ok(served <= 101, `${served}`);
    assert.ok(jobs.size >= 99 && jobs.size <= 100, `${jobs.size}`);
    assert.deepEqual(jobs.get("job-5"), meant(many[5]));
  });
});
