// What a new process takes for its first reading and how much memory the jobs take then; tells it as JSON.
// Arguments: "ours" or "plain", and the number of jobs. Node must be started with --expose-gc.
import { createJobs } from "rekognition-jobs";
import { accountPages } from "./account_pages.js";
import { parsePages } from "./contenders.js";
import { watchMemory } from "./wasm_memory.js";

const [who, count] = process.argv.slice(2);
const pages = [...accountPages(Number(count))];

const readers = {
  async ours() {
    const listing = await new Blob(pages).arrayBuffer();
    const memory = watchMemory();
    const engine = await createJobs();
    const begun = performance.now();
    await engine.import(listing);
    return { milliseconds: performance.now() - begun, bytes: memory.bytes() };
  },
  async plain() {
    await settle();
    const before = process.memoryUsage().heapUsed;
    const begun = performance.now();
    const jobs = parsePages(pages);
    const milliseconds = performance.now() - begun;
    await settle();
    return { milliseconds, bytes: process.memoryUsage().heapUsed - before, jobs: jobs.length };
  },
};

/** Lets go of what is not needed, so that the difference is what was read. */
async function settle() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

console.log(JSON.stringify(await readers[who]()));
