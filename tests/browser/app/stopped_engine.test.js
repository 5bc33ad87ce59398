// An engine that trapped, or is full: the page says so, asks it nothing more, and all else stays as it was.
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { OutOfMemoryError } from "rekognition-jobs";
import { createJobQuery } from "../../../web/jobs/job_query.js";
import { createStore, initialState, newSource } from "../../../web/state/state.js";
import { diagnose } from "../../../web/aws/error_advice.js";
import { objections } from "../axe.js";
import { BROWSER } from "../browsers.js";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { needs } from "../browsers.js";
import { failedJob, wireFile } from "../job_files.js";
import { resultsFile } from "../results/result_files.js";

const stage = useStage({ jobs: 300 });
/** Firefox's protocol tells also of rejections whose event the page has prevented, as its console does not. */
const HANDLED = BROWSER === "firefox" ? { expected: /^error: (the engine has stopped|the engine's memory)/ } : {};

/**
 * Lets the test break any engine of a worker: its engines, in the order in which they started, each of whose functions,
 * once it is broken, traps as WebAssembly does. Memory ends at so many bytes.
 */
function watchWorker(mostBytes, ownNumber) {
  const { instantiate } = WebAssembly;
  // (module (func (export "f") unreachable))
  const trapping = new WebAssembly.Instance(
    new WebAssembly.Module(
      new Uint8Array([
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 5, 1, 3, 0, 0,
        0x0b,
      ]),
    ),
  );
  const engines = [];
  const channel = new BroadcastChannel("engines");
  channel.onmessage = ({ data: { number, place } }) => {
    if (number !== ownNumber) return;
    if (place !== undefined) engines.at(place).isBroken = true;
    channel.postMessage({ count: engines.length });
  };
  WebAssembly.instantiate = async (...given) => {
    const instance = await instantiate(...given);
    const engine = { isBroken: false };
    engines.push(engine);
    const breakable =
      (call) =>
      (...values) =>
        engine.isBroken ? trapping.exports.f() : call(...values);
    const wrapped = (value) => {
      if (typeof value === "function") return breakable(value);
      if (!(value instanceof WebAssembly.Table)) return value;
      return new Proxy(value, {
        get: (table, member) => (member === "get" ? (index) => breakable(table.get(index)) : table[member]),
      });
    };
    return {
      exports: Object.fromEntries(Object.entries(instance.exports).map(([name, value]) => [name, wrapped(value)])),
    };
  };
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65_536 > mostBytes) throw new RangeError("no memory");
    return grow.call(this, pages);
  };
}

/** How many workers each page has started. */
const started = new WeakMap();

const watchEngines = (page, mostBytes = 2 ** 31) => {
  started.set(page, 0);
  return page.route("**/jobs_worker.js", async (route) => {
    const number = started.get(page) + 1;
    started.set(page, number);
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${watchWorker})(${mostBytes}, ${number});${await response.text()}` });
  });
};

/** Asks the newest worker how many engines it has started, and breaks the one at that place. */
const askWorker = (page, place) =>
  page.evaluate(
    (asked) => {
      const channel = new BroadcastChannel("engines");
      channel.postMessage(asked);
      return new Promise((resolve) => {
        channel.onmessage = ({ data }) => {
          channel.close();
          resolve(data.count);
        };
      });
    },
    { number: started.get(page), place },
  );

/** The engine that was started as the last one in the newest worker, or before it, traps at its next call. */
const breakEngine = (page, place = -1) => askWorker(page, place);

const files = [0, 1, 2].map((index) => failedJob({ JobId: `of-a-file-${index}`, JobName: `file-${index}` }));
const told = async (page) => {
  await waitForText(page.locator("#error b"), "The engine has stopped");
  assert.equal(await page.locator("#retry").innerText(), "Reload");
};

const WAYS = {
  "a query": (page) => page.fill("#query", "name:job status:succeeded"),
  "a sort": (page) => page.locator("#jobs th.column-name button").click(),
  scrolling: (page) => page.locator("#list").evaluate((list) => list.scrollTo(0, 5000)),
  "opening a job": (page) => rows(page).nth(1).click(),
  "a refresh": (page) => page.click("#refresh"),
  "an export": async (page) => {
    await page.click("#export summary");
    await page.click("#export [data-format='csv']");
  },
  "a facet": (page) => page.locator(".facet input").first().click(),
};

for (const [way, act] of Object.entries(WAYS)) {
  test(`an account's engine that traps on ${way} is told, and the account read again`, LIMIT, () =>
    stage.onPage({ ...HANDLED, before: watchEngines }, async (page) => {
      await page.waitForFunction(
        () =>
          [...document.querySelectorAll('.facet[data-field="status"] .facet-count')].reduce(
            (sum, { textContent }) => sum + Number(textContent),
            0,
          ) === 300,
      );
      await breakEngine(page);
      await act(page);
      await told(page);
      await waitForText(page.locator("#count"), "0 of 0");
      await page.click("#sources-button");
      await page.keyboard.press("Escape");
      await page.fill("#query", "");
      await page.click("#retry");
      await waitForText(page.locator("#count"), "300 of 300");
      assert.equal(await page.locator("#error").count(), 0);
      await page.click("#refresh");
      await waitForText(page.locator("#load-status"), "No changes in the latest");
    }),
  );
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`one source's engine stops alone: the others go on, and its files are read again (${name})`, LIMIT, () =>
    stage.onPage({ ...HANDLED, before: watchEngines, size }, async (page) => {
      await drop(page, { name: "jobs.json", text: wireFile(files) });
      await waitForText(page.locator("#count"), "3 of 3");
      await breakEngine(page);
      await page.fill("#query", "name:job status:succeeded");
      await told(page);
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);
      await page.fill("#query", "status:failed");
      await page.selectOption("#source", { label: "Sample account" });
      await waitForText(page.locator("#count"), /^[1-9]\d* of 300/);
      assert.equal(await page.locator("#error").count(), 0);
      await page.selectOption("#source", { label: "jobs.json" });
      await told(page);
      await page.click("#retry");
      await waitForText(page.locator("#count"), "3 of 3");
      assert.equal(await page.locator("#source option").count(), 2);
    }),
  );
}

test("a file that changed since it was opened cannot be read again: the page says to open it again", {
  ...LIMIT,
  ...needs("changedFiles"),
}, async () => {
  const path = join(tmpdir(), `rekognition-jobs-${process.pid}.json`);
  await writeFile(path, wireFile(files));
  try {
    await stage.onPage({ ...HANDLED, before: watchEngines }, async (page) => {
      await page.setInputFiles("#file", path);
      await waitForText(page.locator("#count"), "3 of 3");
      await breakEngine(page);
      await page.fill("#query", "name:job status:succeeded");
      await told(page);
      await writeFile(path, `${wireFile(files)}\n\n`);
      await page.click("#retry");
      await waitForText(page.locator("#error .advice"), "Open it again");
      await page.fill("#query", "");
      await page.setInputFiles("#file", path);
      await waitForText(page.locator("#count"), "3 of 3");
    });
  } finally {
    await rm(path, { force: true });
  }
});

test("kept jobs whose engine stops are read from the device again", LIMIT, () =>
  stage.onPage({ ...HANDLED, before: watchEngines }, async (page) => {
    await page.click("#sources-button");
    await page.locator("#store-listing").check();
    await page.locator("#stored-listings li small").waitFor();
    await page.keyboard.press("Escape");
    await breakEngine(page);
    await page.fill("#query", "name:job status:succeeded");
    await told(page);
    let requests = 0;
    page.on("request", (request) => (requests += request.method() === "POST"));
    await page.fill("#query", "");
    await page.click("#retry");
    await waitForText(page.locator("#load-status"), "No changes in the latest");
    await waitForText(page.locator("#count"), "300 of 300");
    assert.ok(requests <= 2, `${requests} requests`);
  }),
);

test("the engine of results stops alone, and they are read again", LIMIT, () =>
  stage.onPage({ ...HANDLED, before: watchEngines }, async (page) => {
    await drop(page, { name: "results.jsonl", text: resultsFile({ "1.jpg": [["Violence", 90]], "2.jpg": [] }) });
    await waitForText(page.locator(".results .load-status"), /^\s*2 images\s*$/);
    await page.locator("#labels li").first().waitFor();
    await breakEngine(page);
    await page.fill("#query", "label:violence confidence:>=80");
    await told(page);
    assert.deepEqual(await objections(page), []);
    await page.click("#retry");
    await waitForText(page.locator(".results .load-status"), /^\s*2 images\s*$/);
    await page.click("#close-results");
    await waitForText(page.locator("#count"), "300 of 300");
  }),
);

test("a job's results show that the engine of its jobs has stopped", LIMIT, () =>
  stage.onPage({ ...HANDLED, before: watchEngines }, async (page) => {
    const engines = () => askWorker(page);
    await page.fill("#query", "has:results");
    await rows(page).first().click();
    const before = await engines();
    await page.click("#show-results");
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
    assert.equal(await engines(), before + 1);
    await breakEngine(page, -2);
    await page.check("#show-images");
    await told(page);
    await page.click("#retry");
    await waitForText(page.locator("#count"), /of 300/);
    assert.equal(await page.locator(".results").count(), 0);
  }),
);

test("a full memory is told beside what stays shown", LIMIT, () =>
  stage.onPage({ ...HANDLED, before: (page) => watchEngines(page, 48_000_000) }, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile(files) });
    await waitForText(page.locator("#count"), "3 of 3");
    await page.evaluate((job) => {
      const details = (index) => ({ Code: "THROTTLED", Message: `${index} ${"x".repeat(8000)}` });
      const lines = Array.from({ length: 8000 }, (_, index) =>
        JSON.stringify({ ...job, JobId: `${index}`, FailureDetails: details(index) }),
      );
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([lines.join("\n")], "many.json"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }, files[0]);
    await waitForText(page.locator("#error b"), "The memory is full");
    await waitForText(page.locator("#error"), "What is shown has not changed");
    await waitForText(page.locator("#count"), /^[1-9][\d,]* of/);
    assert.deepEqual(await objections(page), []);
    await page.selectOption("#source", { label: "Sample account" });
    await waitForText(page.locator("#count"), "300 of 300");
  }),
);

test("a memory too full to sort is told, and the sort stays as it was asked", async () => {
  const jobs = {
    size: Promise.resolve(0),
    async query(text, { sort } = {}) {
      if (sort) throw new OutOfMemoryError("too full to sort");
      return { length: 0, rows: async () => [], close() {} };
    },
    async get() {},
  };
  const store = createStore({
    ...initialState(),
    sort: "name",
    source: "file",
    sources: [newSource({ id: "file", label: "file", jobs })],
  });
  const language = { tokens: () => [] };
  await assert.rejects(createJobQuery(store, language).query(), OutOfMemoryError);
  assert.equal(store.state.sort, "name");
  assert.equal((await diagnose(new OutOfMemoryError("too full"))).name, "The memory is full");
});
