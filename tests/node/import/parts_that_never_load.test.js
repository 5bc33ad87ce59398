// An abort ends an import at once, also while it waits for a part of the module that other forms need.
import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const hooks = `
  export async function load(url, context, next) {
    if (/\\/(formats_module|gunzip)\\.js$/.test(url)) await new Promise(() => {});
    return next(url, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { createJobs } = await import("rekognition-jobs");

const sources = {
  "another form": "JobId: a",
  "another form after a plain job": '{"JobId":"a"}\n{"JobId":"b","Odd":1}',
  gzip: gzipSync('{"JobId":"a"}'),
};

for (const [name, source] of Object.entries(sources)) {
  test(name, { timeout: 20_000 }, async () => {
    const jobs = await createJobs();
    const controller = new AbortController();
    const outcome = assert.rejects(jobs.import(source, controller), (reason) => reason === controller.signal.reason);
    setTimeout(() => controller.abort(), 300);
    await outcome;
    assert.equal(jobs.size, name.includes("after") ? 1 : 0);
  });
}
