// A Jobs in a worker keeps its process alive only while a call waits, and what is forgotten is freed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { createJobsInWorker } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { inWorker, LIMIT, SCRIPT, tick, until } from "./worker_jobs.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const entry = new URL("index.js", SCRIPT).href;

/** What a program of its own prints, and how long it ran. */
function run(program) {
  const start = performance.now();
  const code = `import { createJobsInWorker } from ${JSON.stringify(entry)};\n${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill(), 20_000);
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  return new Promise((resolve) => {
    child.on("close", (exit, signal) => {
      clearTimeout(timer);
      resolve({ printed: printed.trim(), exit, signal, took: performance.now() - start });
    });
  });
}

describe("a process", () => {
  const PROGRAMS = {
    "ends when nothing waits, without close()": [
      "const jobs = await createJobsInWorker(); console.log(await jobs.size);",
      "0",
    ],
    "ends after close()": ["const jobs = await createJobsInWorker(); jobs.close(); console.log('closed');", "closed"],
    "ends with a View and a stream that nobody reads": [
      `const jobs = await createJobsInWorker(); await jobs.import('{"JobId":"a"}');
       const view = await jobs.query(); view.exportStream("csv"); jobs.snapshot(); console.log(view.length);`,
      "1",
    ],
    "does not end while an import waits for its source": [
      `const jobs = await createJobsInWorker();
       async function* slow() { await new Promise((go) => setTimeout(go, 1500)); yield '{"JobId":"a"}'; }
       console.log((await jobs.import(slow())).added);`,
      "1",
    ],
    "does not end while the worker works": [
      `const jobs = await createJobsInWorker();
       jobs.import('{"JobId":"a"} '.repeat(200_000)).then(({ unchanged }) => console.log(unchanged));`,
      "199999",
    ],
    "does not end while a stream is read": [
      `const jobs = await createJobsInWorker(); await jobs.import('{"JobId":"a"}');
       console.log((await new Response((await jobs.query()).exportStream("ndjson")).text()).trim());`,
      '{"JobId":"a"}',
    ],
  };
  for (const [name, [program, expected]] of Object.entries(PROGRAMS)) {
    test(name, LIMIT, async () => {
      const { printed, exit, signal } = await run(program);
      assert.deepEqual({ printed, exit, signal }, { printed: expected, exit: 0, signal: null });
    });
  }
});

async function collected(isGone, what) {
  await until(async () => {
    collect();
    await tick(5);
    return isGone();
  }, what);
}

describe("what is forgotten", () => {
  test("a Jobs ends its worker", LIMIT, async () => {
    const thread = new Worker(SCRIPT);
    let hasEnded = false;
    thread.on("exit", () => (hasEnded = true));
    await (async () => {
      const jobs = await createJobsInWorker({ worker: () => thread });
      await jobs.import('{"JobId":"a"}');
      await jobs.query();
    })();
    await collected(() => hasEnded, "the worker has ended");
  });

  test("not one whose View, stream or call is in use", LIMIT, async () => {
    const text = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => wireJob(`job-${i}`)));
    const filled = async () => {
      const jobs = await createJobsInWorker();
      await jobs.import(text);
      return jobs;
    };
    const view = await (await filled()).query();
    const stream = (await (await filled()).query()).exportStream("ndjson");
    const kept = (await filled()).snapshot();
    const importing = (await filled()).import(
      (async function* () {
        await tick(300);
        yield '{"JobId":"late"}';
      })(),
    );
    for (let i = 0; i < 20; i++) {
      collect();
      await tick(10);
    }
    assert.equal((await view.rows(0, 3)).length, 3);
    let lines = 0;
    for await (const chunk of stream) {
      lines += Buffer.from(chunk).toString().split("\n").length - 1;
      collect();
      await tick();
    }
    assert.equal(lines, 30_000);
    assert.ok((await new Response(kept).arrayBuffer()).byteLength > 100_000);
    assert.equal((await importing).added, 1);
  });

  test("Views and streams free what they hold in the worker", LIMIT, async () => {
    const thread = new Worker(SCRIPT);
    const closed = [];
    const { postMessage } = thread;
    thread.postMessage = (message, transfer) => {
      if (["close", "cancel"].includes(message.method)) closed.push(message.method);
      return postMessage.call(thread, message, transfer);
    };
    const jobs = await inWorker({ worker: () => thread });
    await jobs.import(JSON.stringify(Array.from({ length: 50_000 }, (_, i) => wireJob(`job-${i}`))));
    await (async () => {
      for (let i = 0; i < 20; i++) {
        await jobs.query("job-1");
        (await jobs.query("")).exportStream("json");
        jobs.snapshot();
      }
      await jobs.size;
    })();
    await collected(() => closed.filter((each) => each === "close").length === 40, "the Views are closed");
    await collected(() => closed.filter((each) => each === "cancel").length === 40, "the streams are cancelled");
  });
});
