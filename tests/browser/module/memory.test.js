// The engine's memory in a page: it comes back to where it was, as it does in Node.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accountPages } from "../../bench/account_pages.js";
import { LIMIT, useStage } from "../browser.js";
import { startModuleHost } from "./module_host.js";

const stage = useStage({ jobs: 1 });
let host;
before(async () => {
  host = await startModuleHost({
    "memory_rounds.js": new URL("../../memory_rounds.js", import.meta.url),
    "bench/wasm_memory.js": new URL("../../bench/wasm_memory.js", import.meta.url),
  });
}, LIMIT);
after(() => host?.close(), LIMIT);

for (const [rounds, count, jobs] of [
  ["asking", 10_000, 500],
  ["importing", 1000, 100],
  ["forgetting", 4000, 2500],
]) {
  test(`${count.toLocaleString("en")} rounds of ${rounds} leave no memory behind in Chromium`, LIMIT, () =>
    stage.onPage({ url: host.url, loaded: false }, async (page) => {
      const devTools = await page.context().newCDPSession(page);
      await page.exposeFunction("collectedHeap", async () => {
        await devTools.send("HeapProfiler.collectGarbage");
        return (await devTools.send("Runtime.getHeapUsage")).usedSize;
      });
      const decoder = new TextDecoder();
      const pages = [...accountPages(jobs)].map((bytes) => decoder.decode(bytes));
      const grown = await page.evaluate(
        async ({ rounds: name, count: most, pages: texts }) => {
          const [{ createJobs }, rounds] = [await import("/package/index.js"), await import("/memory_rounds.js")];
          return rounds[name](most, { createJobs, pages: texts, collectedHeap: globalThis.collectedHeap });
        },
        { rounds, count, pages },
      );
      assert.equal(grown.engine, 0);
      assert.ok(grown.heap < 500_000, `${grown.heap} bytes of heap`);
    }),
  );
}

test("a snapshot that a Response reads comes whole, whatever is collected meanwhile", LIMIT, () =>
  stage.onPage({ url: host.url, loaded: false }, async (page) => {
    const opened = await page.evaluate(async () => {
      const { createJobs } = await import("/package/index.js");
      const jobs = await createJobs();
      const name = "n".repeat(100);
      const lines = Array.from(
        { length: 100_000 },
        (_, index) => `{"JobId":"job-${index}","JobName":"${name}${index}"}`,
      );
      await jobs.import(lines.join("\n"));
      const sizes = [];
      for (let round = 0; round < 6; round++) {
        const coming = new Response(jobs.snapshot()).blob();
        let garbage = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
        garbage = garbage.map((each) => ({ each }));
        const again = await createJobs({ snapshot: await coming });
        sizes.push(again.size);
        again.close();
      }
      return sizes;
    });
    assert.deepEqual(opened, Array(6).fill(100_000));
  }),
);
