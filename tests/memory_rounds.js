// Rounds of what a long-lived program does, after which memory is to be where it was: for Node and for Chromium.
import { watchMemory } from "./bench/wasm_memory.js";

/**
 * @typedef {object} Means
 * @property {typeof import("rekognition-jobs").createJobs} createJobs
 * @property {(string | Uint8Array)[]} pages  of jobs, as the service lists them
 * @property {() => Promise<number>} collectedHeap  collects what nothing holds any more, and gives the heap's bytes
 */

const COLLECT_EVERY = 50;

/** By how many bytes `count` rounds grow the JavaScript heap and the engine, when some have been made before. */
async function growth(count, { createJobs, collectedHeap }, begin, round) {
  const memory = watchMemory();
  const jobs = await createJobs();
  await begin(jobs);
  const rounds = async (most) => {
    for (let at = 0; at < most; at++) await round(jobs, at);
    return { heap: await collectedHeap(), engine: memory.bytes() };
  };
  const before = await rounds(count / 10);
  const after = await rounds(count);
  jobs.close();
  return { heap: after.heap - before.heap, engine: after.engine - before.engine };
}

const importAll = (pages) => async (jobs) => {
  for (const page of pages) await jobs.import(page);
};

/**
 * Opens a view, asks it, closes it.
 * @param {number} count
 * @param {Means} means
 */
export function asking(count, means) {
  return growth(count, means, importAll(means.pages), (jobs, round) => {
    const view = jobs.query("status:failed promo", { sort: round % 2 ? "JobName" : "-created" });
    view.rows(0, 3);
    view.facets("code");
    view.close();
  });
}

/**
 * Imports and clears.
 * @param {number} count
 * @param {Means} means
 */
export function importing(count, means) {
  return growth(
    count,
    means,
    () => {},
    async (jobs) => {
      await importAll(means.pages)(jobs);
      jobs.clear();
    },
  );
}

/**
 * Forgets views without closing them, each of which has listed all its rows.
 * @param {number} count
 * @param {Means} means
 */
export function forgetting(count, means) {
  return growth(count, means, importAll(means.pages), async (jobs, round) => {
    const view = jobs.query("");
    view.rows(view.length - 1, 1);
    if (round % COLLECT_EVERY === 0) await means.collectedHeap();
  });
}
